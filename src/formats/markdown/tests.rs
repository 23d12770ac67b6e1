use super::*;

fn blocks(text: &str, is_mdx: bool) -> Vec<String> {
    let content = read_content(text, false, is_mdx);
    let lines = |raw: &Raw| raw.lines.iter().map(|line| line.of(text)).collect::<Vec<_>>().join(" ");
    content.raws.iter().map(lines).collect()
}

#[test]
fn indented_text_is_code_in_markdown_and_text_in_mdx() {
    let text = "<Steps>\n1. 安装。\n\n    <Tabs>\n      <Tab>\n        - 甲\n          乙\n\n        ```sh\n        # 注释\n\n        ls\n\
                \x20       ```\n\n        丙\n      </Tab>\n    </Tabs>\n</Steps>\n\n    丁\n\n        戊";
    assert_eq!(blocks(text, true), ["安装。", "甲 乙", "丙", "丁", "戊"]);
    assert_eq!(blocks("甲\n\n    乙", true), ["甲", "乙"]);
    assert_eq!(blocks("甲\n\n    乙", false), ["甲"]);
    assert_eq!(blocks("> 甲\n>\n>     乙", true), ["甲"]);
}
