# Runs `install` and `test` of a formula without Homebrew: ruby check.rb FORMULA ARCHIVE PREFIX
#
# A mock of the parts of Homebrew that the formula uses; the archive takes the place of the download.
require "fileutils"
require "pathname"
require "tmpdir"

class Pathname
  def install(*sources)
    mkpath
    sources.flatten.each do |source|
      (source.is_a?(Hash) ? source : { source => File.basename(source) }).each do |from, to|
        raise "#{from} is not in the archive" unless File.exist?(from)
        FileUtils.cp(from, self/to)
      end
    end
  end
end

class Formula
  class << self
    attr_reader :check, :urls

    %i[desc homepage license sha256].each { |name| define_method(name) { |value| value } }
    %i[on_macos on_linux on_arm on_intel].each { |name| define_method(name) { |&block| block.call } }

    def url(value)
      (@urls ||= []) << value
    end

    def test(&block)
      @check = block
    end
  end

  attr_reader :prefix, :testpath

  def initialize(prefix, testpath)
    @prefix = Pathname(prefix)
    @testpath = Pathname(testpath)
  end

  def bin = prefix/"bin"
  def man1 = prefix/"share/man/man1"
  def bash_completion = prefix/"etc/bash_completion.d"
  def zsh_completion = prefix/"share/zsh/site-functions"
  def fish_completion = prefix/"share/fish/vendor_completions.d"

  def shell_output(command, code)
    output = `#{command}`
    raise "#{command} ended with #{$?.exitstatus}" unless $?.exitstatus == code
    output
  end

  def assert_match(expected, text)
    raise "no #{expected} in #{text}" unless text.include?(expected)
  end
end

formula, archive, prefix = ARGV.map { |path| File.expand_path(path) }
load formula
raise "four systems, not #{Bilint.urls.size}" unless Bilint.urls.uniq.size == 4
Dir.mktmpdir do |folder|
  raise "cannot unpack" unless system("tar", "-xzf", archive, "-C", folder, "--strip-components", "1")
  bilint = Bilint.new(prefix, Dir.mktmpdir)
  Dir.chdir(folder) { bilint.install }
  Dir.chdir(bilint.testpath) { bilint.instance_eval(&Bilint.check) }
end
