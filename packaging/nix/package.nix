{
  lib,
  rustPlatform,
  installShellFiles,
  gitMinimal,
  python3,
}:

let
  manifest = (builtins.fromTOML (builtins.readFile ../../Cargo.toml)).package;
in
rustPlatform.buildRustPackage {
  pname = manifest.name;
  inherit (manifest) version;

  src = ../..;
  cargoLock.lockFile = ../../Cargo.lock;
  cargoBuildFlags = [
    "--bin"
    "bilint"
  ];

  nativeBuildInputs = [
    installShellFiles
    python3
  ];
  # The tests compare with git.
  nativeCheckInputs = [ gitMinimal ];
  cargoTestFlags = [ "--lib" ];

  # pack.py writes what every package has.
  postInstall = ''
    python3 packaging/pack.py share "$out/bin/bilint" share
    installManPage share/man/*.1
    installShellCompletion share/completions/{bilint.bash,_bilint,bilint.fish}
    mkdir -p "$out/share/doc/bilint"
    cp share/licences/* "$out/share/doc/bilint/"
  '';

  meta = {
    inherit (manifest) description;
    mainProgram = "bilint";
    license = with lib.licenses; [
      mit
      asl20
      cc-by-sa-40
      cc0
    ];
    platforms = lib.platforms.unix;
  };
}
