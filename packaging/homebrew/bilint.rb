# The formula of a tap. packaging/homebrew/formula.py fills in the repository, the version and the digests of a release.
class Bilint < Formula
  desc "Linter for Chinese-English translations: names, terms, quantities, omissions"
  homepage "https://example.org/bilint"
  license all_of: [{ any_of: ["MIT", "Apache-2.0"] }, "CC-BY-SA-4.0", "CC0-1.0", "MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "https://example.org/bilint/releases/download/v0.1.0/bilint-v0.1.0-aarch64-apple-darwin.tar.gz"
      sha256 "0000000000000000000000000000000000000000000000000000000000000000"
    end
    on_intel do
      url "https://example.org/bilint/releases/download/v0.1.0/bilint-v0.1.0-x86_64-apple-darwin.tar.gz"
      sha256 "0000000000000000000000000000000000000000000000000000000000000000"
    end
  end

  on_linux do
    on_arm do
      url "https://example.org/bilint/releases/download/v0.1.0/bilint-v0.1.0-aarch64-unknown-linux-musl.tar.gz"
      sha256 "0000000000000000000000000000000000000000000000000000000000000000"
    end
    on_intel do
      url "https://example.org/bilint/releases/download/v0.1.0/bilint-v0.1.0-x86_64-unknown-linux-musl.tar.gz"
      sha256 "0000000000000000000000000000000000000000000000000000000000000000"
    end
  end

  def install
    bin.install "bilint"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/bilint.bash" => "bilint"
    zsh_completion.install "completions/_bilint"
    fish_completion.install "completions/bilint.fish"
    prefix.install Dir["LICENSE*"], "NOTICE"
  end

  test do
    (testpath/"report.txt").write "投资5亿元。\n\nInvestment was 50 million yuan.\n"
    output = shell_output("#{bin}/bilint check --no-config --format concise report.txt", 1)
    assert_match "scale-mismatch", output
  end
end
