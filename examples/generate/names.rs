//! Invented regions, agencies and projects.
//!
//! In: choices. Out: names. No place is real: two characters of landscape before 县, 区, 市 or 镇.

use crate::random::Random;

/// What sort of agency reports; it decides what money goes where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Water,
    Finance,
    Transport,
    Environment,
    CivilAffairs,
    Hospital,
    School,
    Court,
    Town,
    Congress,
    Disabled,
    Union,
    Culture,
}

impl Kind {
    pub const ALL: [Self; 13] = [
        Self::Water,
        Self::Finance,
        Self::Transport,
        Self::Environment,
        Self::CivilAffairs,
        Self::Hospital,
        Self::School,
        Self::Court,
        Self::Town,
        Self::Congress,
        Self::Disabled,
        Self::Union,
        Self::Culture,
    ];

    /// A public institution (事业单位): no running cost of an agency, staff insured as such.
    pub fn is_institution(self) -> bool {
        matches!(self, Self::Hospital | Self::School | Self::Culture)
    }
}

/// Who reports.
pub struct Agency {
    pub kind: Kind,
    /// The region, 澜坪县.
    pub region: String,
    /// The agency's full name, 澜坪县水务局.
    pub name: String,
    /// How the text calls it: 我局, 本部门.
    pub own_name: &'static str,
}

const FIRST: [&str; 30] = [
    "澜", "桐", "枫", "岚", "汐", "槐", "荻", "栖", "霁", "芷", "菱", "樟", "梧", "砚", "笙", "翎", "莲", "鹭", "溆",
    "棠", "柘", "漪", "榆", "杏", "苇", "竹", "云", "雁", "稻", "青",
];
const SECOND: [&str; 24] = [
    "溪", "坪", "岭", "湾", "浦", "桥", "丘", "川", "泽", "塘", "渡", "原", "陵", "冈", "泉", "洲", "谷", "墩", "埠",
    "屿", "坞", "荡", "垭", "津",
];

fn place(random: &mut Random) -> String {
    format!("{}{}", random.pick(&FIRST), random.pick(&SECOND))
}

/// Invents an agency.
pub fn agency(random: &mut Random) -> Agency {
    let kind = *random.pick(&Kind::ALL);
    let region = format!("{}{}", place(random), random.pick(&["县", "区", "市", "县"]));
    let (tail, own_name): (String, &'static str) = match kind {
        Kind::Water => ((*random.pick(&["水务局", "水利局"])).to_owned(), "我局"),
        Kind::Finance => ("财政局".to_owned(), "我局"),
        Kind::Transport => ("交通运输局".to_owned(), "本部门"),
        Kind::Environment => ("生态环境局".to_owned(), "我局"),
        Kind::CivilAffairs => ("民政局".to_owned(), "本部门"),
        Kind::Hospital => ((*random.pick(&["人民医院", "中医院", "妇幼保健院"])).to_owned(), "我院"),
        Kind::School => (format!("{}{}", place(random), random.pick(&["小学", "中学", "实验学校"])), "我校"),
        Kind::Court => ("人民法院".to_owned(), "我院"),
        Kind::Town => (format!("{}{}", place(random), random.pick(&["镇人民政府", "乡人民政府"])), "本单位"),
        Kind::Congress => ("人大常委会办公室".to_owned(), "本部门"),
        Kind::Disabled => ("残疾人联合会".to_owned(), "本单位"),
        Kind::Union => ((*random.pick(&["总工会", "妇女联合会", "工商业联合会"])).to_owned(), "本单位"),
        Kind::Culture => ((*random.pick(&["图书馆", "文化馆", "文化广电和旅游局"])).to_owned(), "本单位"),
    };
    Agency { kind, name: format!("{region}{tail}"), region, own_name }
}

/// Projects that forms and evaluations speak about.
pub const PROJECTS: [&str; 8] = [
    "基层服务能力提升补助",
    "信息系统运行维护",
    "业务用房修缮改造",
    "公共服务设备购置",
    "重点工作专项经费",
    "惠民活动补助",
    "人才培训经费",
    "安全隐患整治",
];

/// Why a figure changed, without figures.
pub const REASONS: [&str; 10] = [
    "人员正常调资",
    "年中追加专项资金",
    "部分项目跨年实施",
    "落实过紧日子要求，压减一般性支出",
    "本年新增设备购置",
    "在职人员变动",
    "上级下达补助资金增多",
    "个别工作延期开展",
    "社会保障缴费基数调整",
    "厉行节约，从严控制开支",
];
