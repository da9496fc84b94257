//! What stands left of a clause's subject: subjects coordinated with it, words that narrow it down.
//!
//! In: the tokens and the subject's place. Out: `coordinated` and `narrowed` of the [`Clause`].
//! Surprise: an office (县人民医院) or who manages a thing (管理的) narrows nothing.

use super::clause::Clause;
use super::token::{Kind, Mark, Token};
use crate::grammar::narrative::WordKind;

/// The most subjects that are coordinated (A、B和C分别为…).
const MOST_COORDINATED: usize = 16;

impl Clause {
    /// Collects subjects coordinated with the one at `at`: A、B和C分别….
    pub(super) fn coordinate(&mut self, tokens: &[Token<'_>], text: &str, at: usize, floor: usize) {
        let mut all = vec![at];
        let mut left = at;
        while left >= floor + 2 && all.len() < MOST_COORDINATED {
            let joint = &tokens[left - 1];
            let joins = matches!(joint.kind, Kind::Mark(Mark::Pause))
                || matches!(&text[joint.range.clone()], "和" | "与" | "及" | "以及" | "同");
            if !joins || !matches!(tokens[left - 2].kind, Kind::Subject(_)) {
                break;
            }
            left -= 2;
            all.push(left);
        }
        if all.len() > 1 {
            all.reverse();
            self.coordinated = all;
        }
    }

    /// Looks whether unknown words, or the name of a class, stand right before the subject.
    pub(super) fn narrow(&mut self, tokens: &[Token<'_>], text: &str, subject: usize, floor: usize) {
        // 国有资产占用情况中，车辆: where it is told, no part of it.
        if text[..tokens[subject].range.start].ends_with("情况中") {
            return;
        }
        // 由中小企业供应商成交的，采购金额: a clause says which.
        let comma = subject.checked_sub(1).filter(|before| matches!(tokens[*before].kind, Kind::Mark(Mark::Comma)));
        if let Some(comma) = comma.filter(|comma| text[..tokens[*comma].range.start].ends_with('的')) {
            self.narrowed = Some(comma);
            return;
        }
        let mut at = subject;
        while at > floor {
            at -= 1;
            match &tokens[at].kind {
                // 津贴补贴等人员经费: the words before are examples.
                Kind::Word(WordKind::Verb, _) if &text[tokens[at].range.clone()] == "等" => return,
                Kind::Word(WordKind::Noun | WordKind::Verb | WordKind::Owner | WordKind::ThisYear, _) => {}
                Kind::Text => {
                    self.narrowed = narrowing_words(tokens, text, at, subject, floor).or(self.narrowed);
                    return;
                }
                // 街巷照明项目收支: money of one project.
                Kind::Subject(_)
                    if tokens[at].range.end == tokens[at + 1].range.start
                        && text[tokens[at].range.clone()].ends_with("项目") =>
                {
                    self.narrowed = Some(at);
                }
                // 奖励金 of 举报奖励金项目支出: a class's name inside a longer one; 货物采购授予中小企业合同金额.
                Kind::Subject(wording)
                    if tokens[at].range.end == tokens[at + 1].range.start && (wording.is_class || wording.is_kind) =>
                {
                    self.narrowed = Some(at);
                }
                _ => return,
            }
        }
    }
}

/// The first of the words that narrow the subject down and end with the text at `at`; `None` if they do not.
fn narrowing_words(tokens: &[Token<'_>], text: &str, at: usize, subject: usize, floor: usize) -> Option<usize> {
    let own = &text[tokens[subject].range.clone()];
    let words = text[tokens[at].range.clone()].trim();
    // 2017年区级“三公”经费, 区级部门出国团组: the level that reports.
    let owner = matches!(tokens[at + 1].kind, Kind::Word(WordKind::Owner, _));
    let level = words.ends_with('级') || words == "中央";
    // 行政单位、事业单位和其他单位使用财政拨款安排的“三公”经费.
    let others = owner && matches!(words, "其他" | "有关" | "所属" | "下属" | "直属" | "各");
    if (own.contains("三公") || owner) && level || others {
        return None;
    }
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    // 专项债资金, 滨河路项目收支: they go on words that are known by themselves.
    let known = |at: usize| matches!(tokens[at].kind, Kind::Subject(_) | Kind::Text);
    let goes_on = |at: usize| at > floor && known(at - 1) && tokens[at - 1].range.end == tokens[at].range.start;
    let names = letters > 1 || letters == 1 && goes_on(at);
    // 全县一般公共预算收入; but 全县一般公共预算拨款 and 全县公务接待费 are those of who reports.
    let at_large = own.contains("预算") && !own.contains("拨款") && is_region_at_large(words);
    let lead = text[tokens[at].range.start..tokens[subject].range.start].trim();
    // 一般公共预算中“三公”经费: where the money stands, no part of it.
    let inside = lead.strip_suffix('中').is_some_and(|whole| {
        ["预算", "拨款", "支出", "经费", "收入", "资金", "决算"].iter().any(|money| whole.ends_with(money))
    });
    if !names || inside || tokens[at].office && !at_large || lead.strip_suffix('的').is_some_and(is_management) {
        return None;
    }
    let mut first = at;
    while goes_on(first) && !tokens[first - 1].office {
        first -= 1;
    }
    Some(first)
}

/// 管理(的离退休人员), 资金安排(的因公出国), 开展业务活动(的公务用车): who has to do with it, or what for, no part of it.
fn is_management(words: &str) -> bool {
    const VERBS: [&str; 11] = ["涉及", "管理", "负责", "使用", "安排", "开支", "负担", "组织", "承担", "纳入", "活动"];
    VERBS.iter().any(|known| words.ends_with(known))
}

/// 全县, 全市: the accounts of a region, not of who reports.
fn is_region_at_large(words: &str) -> bool {
    let mut characters = words.chars();
    characters.next() == Some('全')
        && characters.next().is_some_and(|c| "国省市县区州旗盟".contains(c))
        && matches!(characters.as_str(), "" | "地方" | "级" | "财政" | "的")
}
