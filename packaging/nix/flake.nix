# nix run 'git+https://example.org/bilint?dir=packaging/nix' -- check
{
  description = "bilint, a linter for Chinese–English translations";

  # With Rust 1.89 or later.
  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      forSystems =
        build: nixpkgs.lib.genAttrs systems (system: build nixpkgs.legacyPackages.${system});
    in
    {
      packages = forSystems (pkgs: rec {
        bilint = pkgs.callPackage ./package.nix { };
        default = bilint;
      });
      apps = forSystems (pkgs: {
        default = {
          type = "app";
          program = "${self.packages.${pkgs.stdenv.hostPlatform.system}.default}/bin/bilint";
        };
      });
    };
}
