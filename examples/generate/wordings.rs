//! The sentences, in several wordings each. Places in braces are explained in `book`.
//!
//! All of them are invented for this project: they say what every report has to say, in no report's words.

pub const SAME: [&str; 4] = ["与上年持平", "较上年没有变化", "与{last}{Y}持平", "同上年一致"];
pub const NEW: [&str; 2] = ["上年没有此项支出", "{last}{Y}未发生"];
pub const VERSUS: [&str; 6] = [
    "比上年{*.change}，{*.growth}",
    "较{last}年{*.change}，{*.growth}",
    "与{last}{Y}相比，{*.change}，{*.growth}",
    "较上年决算数{*.change}（{*.growth}）",
    "同比{*.change}，{*.growth}",
    "比{last}{Y}决算{*.growth}，{*.change}",
];
pub const UNCHANGED: [&str; 2] = ["没有变化", "持平"];
pub const DELTA: [&str; 2] = ["{*.change}，{*.growth}", "{*.change}、{*.growth}"];
pub const EXECUTION: [&str; 4] = [
    "年初预算为{*.planned}，支出决算为{*}，完成年初预算的{*.rate}",
    "年初预算安排{*.planned}，决算支出{*}，完成年初预算{*.rate}",
    "决算数为{*}，相当于年初预算{*.planned}的{*.rate}",
    "年初预算数{*.planned}，决算数{*}，预算完成率{*.rate}",
];
pub const EXECUTION_ADJUSTED: [&str; 3] = [
    "全年预算为{*.planned}，支出决算为{*}，完成全年预算的{*.rate}",
    "预算为{*.planned}，支出决算为{*}，完成预算的{*.rate}",
    "预算数{*.planned}，实际支出{*}，完成预算{*.rate}",
];
pub const UNPLANNED: [&str; 2] = ["年初预算为{*.planned}，支出决算为{*}", "年初未安排预算，支出决算为{*}"];
pub const UNPLANNED_ADJUSTED: [&str; 2] = ["预算为{*.planned}，支出决算为{*}", "未安排预算，支出决算为{*}"];
pub const ABOVE: [&str; 2] = ["决算数大于预算数的{because}", "决算数高于预算数，{because}"];
pub const BELOW: [&str; 2] = ["决算数小于预算数的{because}", "决算数低于预算数，{because}"];
pub const EQUAL: [&str; 2] = ["决算数与预算数持平", "决算数等于预算数"];

pub const TOTALS: [&str; 5] = [
    "{year}{Y}收、支总计均为{total}。与{last}{Y}相比，收、支总计各{total.delta}，{because}。",
    "{we}{year}{Y}收入总计{in}，支出总计{out}，收支平衡。收支总计{total.vs}，{because}。",
    "{year}{Y}总收入{in}，{in.vs}；总支出{out}，{out.vs}。{because}。",
    "{year}{Y}收入、支出总计{total}，{total.vs}，{because}。",
    "{we}{year}{Y}收支总计{total}，{total.vs}。",
];
pub const INCOME: [&str; 3] = [
    "{year}{Y}收入合计{income}，其中：",
    "{we}{year}{Y}本年收入合计{income}。其中：",
    "{year}{Y}本年收入{income}，{income.vs}。其中：",
];
pub const EXPENDITURE: [&str; 3] = [
    "{year}{Y}支出合计{spent}，其中：",
    "{we}{year}{Y}本年支出合计{spent}。其中：",
    "{year}{Y}本年支出{spent}，{spent.vs}。其中：",
];
/// Parts of a whole: wording and what stands between them.
pub const PARTS: [(&str, &str); 5] = [
    ("{*.name}{*}，占{*.share}", "；"),
    ("{*.name}{*}（占{*.share}）", "、"),
    ("{*.name}为{*}，占比{*.share}", "；"),
    ("{*.name}{*}，占{*.whole}的{*.share}", "；"),
    ("{*.name}{*}，比重为{*.share}", "，"),
];
pub const APPROPRIATIONS: [&str; 4] = [
    "{year}{Y}财政拨款收、支总计均为{ap}。与{last}{Y}相比，财政拨款收、支总计各{ap.delta}，{because}。",
    "{year}{Y}财政拨款收入总计{ap_in}，支出总计{ap_out}。财政拨款收支总计{ap.vs}，{because}。",
    "{year}{Y}财政拨款本年收入{ap_income}，本年支出{ap_spent}，年末财政拨款结转和结余{ap_closing}。",
    "{we}{year}{Y}财政拨款收入、支出总计{ap}，{ap.vs}。",
];
pub const GENERAL: [&str; 3] = [
    "{year}{Y}一般公共预算财政拨款支出{general}，占本年支出合计的{general.share}。与{last}{Y}相比，一般公共预算财政拨款支出{general.delta}，{because}。",
    "{we}{year}{Y}一般公共预算财政拨款支出决算为{general}，占本年支出的{general.share}，{general.vs}。{because}。",
    "{year}{Y}，{we}一般公共预算财政拨款支出{general}（占本年支出合计的{general.share}），{general.vs}。",
];
pub const STRUCTURE: [&str; 3] = [
    "{year}{Y}一般公共预算财政拨款支出{general}，主要用于以下方面：",
    "按功能分类，一般公共预算财政拨款支出{general}主要用于：",
    "{year}{Y}一般公共预算财政拨款支出{general}。按支出功能分类，",
];
pub const CLASSES: [(&str, &str); 5] = [
    ("{*.name}（类）{*}，占{*.share}", "；"),
    ("{*.short}（类）支出{*}，占{*.share}", "；"),
    ("{*.name}{*}，占比{*.share}", "；"),
    ("{*.name}{*}（占{*.share}）", "、"),
    ("用于{*.name}{*}，占{*.share}", "；"),
];
pub const DETAIL: [&str; 2] = [
    "{year}{Y}一般公共预算财政拨款支出{general.execution}。其中：",
    "{we}{year}{Y}一般公共预算财政拨款支出{general.execution}，{general.verdict}。具体情况如下：",
];
pub const ITEMS: [&str; 4] = [
    "{*.path}。{*.execution}，{*.verdict}。",
    "{*.path}：{*.execution}。{*.verdict}。",
    "{*.path}{*.execution}，{*.verdict}。",
    "{*.path}，{*.execution}。",
];
pub const BASIC: [&str; 3] = [
    "{year}{Y}一般公共预算财政拨款基本支出{basic}，其中：人员经费{personnel}，公用经费{public}。",
    "{year}{Y}一般公共预算财政拨款基本支出决算{basic}。其中：人员经费{personnel}，占{personnel.share}；日常公用经费{public}，占{public.share}。",
    "{we}{year}{Y}一般公共预算财政拨款基本支出为{basic}，包括：人员经费{personnel}，占基本支出的{personnel.share}，主要包括基本工资、津贴补贴和社会保障缴费等；公用经费{public}，占基本支出的{public.share}，主要包括办公费、差旅费等。",
];
pub const THREE_PUBLIC: [&str; 3] = [
    "{year}{Y}“三公”经费财政拨款支出{tp.execution}，{tp.verdict}。",
    "{we}{year}{Y}“三公”经费{tp.execution}，{tp.vs}。",
    "{year}{Y}“三公”经费支出决算{tp}，{tp.vs}，{because}。",
];
pub const NO_THREE_PUBLIC: [&str; 2] =
    ["{year}{Y}{we}没有安排“三公”经费，也没有发生支出。", "{year}{Y}“三公”经费支出决算{tp}，与上年持平。"];
pub const THREE_PUBLIC_PARTS: [(&str, &str); 2] =
    [("{*.name}支出{*}，占{*.share}", "；"), ("{*.name}{*}，占“三公”经费的{*.share}", "；")];
pub const ABROAD: [&str; 2] = [
    "因公出国（境）费支出{abroad}，{abroad.vs}。全年安排因公出国（境）团组{#groups}个，累计{#travellers}人次。",
    "因公出国（境）费{abroad.execution}，{abroad.vs}。全年因公出国（境）团组{#groups}个，出国（境）{#travellers}人次。",
];
pub const NO_ABROAD: [&str; 2] =
    ["因公出国（境）费支出{abroad}，与上年持平。", "全年没有因公出国（境）费支出，与上年持平。"];
pub const VEHICLE: [&str; 3] = [
    "公务用车购置及运行维护费支出{vehicle}，{vehicle.vs}。其中：公务用车购置支出{purchase}，购置车辆{#purchased}辆；公务用车运行维护费支出{operation}，年末公务用车保有量{#owned}辆。",
    "公务用车购置及运行维护费{vehicle.execution}，{vehicle.vs}。其中，公务用车运行维护费{operation}，公务用车购置费{purchase}。年末公务用车保有量为{#owned}辆。",
    "公务用车购置及运行维护费支出{vehicle}，{vehicle.verdict}。{year}年公务用车购置{#purchased}辆，公务用车保有量{#owned}辆。",
];
pub const RECEPTION: [&str; 3] = [
    "公务接待费支出{reception}，{reception.vs}。国内公务接待{#batches}批次、{#guests}人次。",
    "公务接待费{reception.execution}，{reception.vs}。全年国内公务接待{#batches}批次，接待{#guests}人次。",
    "公务接待费支出{reception}，{because}。全年共接待国内来访团组{#batches}批次，来访人员{#guests}人次。",
];
pub const GOVERNMENT_FUND: [&str; 3] = [
    "{year}{Y}政府性基金预算财政拨款年初结转和结余{gf_open}，本年收入{gf_in}，本年支出{gf_out}，年末结转和结余{gf_close}。",
    "{year}{Y}政府性基金预算财政拨款收入{gf_in}，支出{gf_out}，年末结转和结余{gf_close}。",
    "{we}{year}{Y}政府性基金预算财政拨款支出{gf_out}。",
];
pub const NO_GOVERNMENT_FUND: [&str; 2] =
    ["{we}{year}{Y}没有政府性基金预算财政拨款收入和支出。", "{year}{Y}无政府性基金预算财政拨款安排的支出。"];
pub const STATE_CAPITAL: [&str; 2] =
    ["{year}{Y}国有资本经营预算财政拨款支出{sc}。", "{we}{year}{Y}国有资本经营预算财政拨款支出决算为{sc}。"];
pub const NO_STATE_CAPITAL: [&str; 2] =
    ["{we}{year}{Y}没有国有资本经营预算财政拨款支出。", "{year}{Y}无国有资本经营预算财政拨款安排的支出。"];
pub const OPERATING_COST: [&str; 3] = [
    "{year}{Y}{we}机关运行经费支出{cost}，{cost.vs}，{because}。",
    "{we}{year}{Y}机关运行经费{cost}，{cost.vs}。",
    "{year}{Y}，机关运行经费支出决算为{cost}。{cost.vs}，{because}。",
];
pub const NO_OPERATING_COST: [&str; 2] =
    ["{we}为事业单位，按规定没有机关运行经费。", "{we}不属于机关，{year}{Y}未发生机关运行经费支出。"];
pub const PROCUREMENT: [&str; 3] = [
    "{year}{Y}政府采购支出总额{proc}，其中：政府采购货物支出{goods}、政府采购工程支出{works}、政府采购服务支出{services}。授予中小企业合同金额{sme}，占政府采购支出总额的{sme.share}，其中：授予小微企业合同金额{micro}，占授予中小企业合同金额的{micro.share}。",
    "{we}{year}{Y}政府采购支出总额{proc}，其中：货物支出{goods}，工程支出{works}，服务支出{services}。",
    "{year}{Y}政府采购支出共计{proc}，包括政府采购货物支出{goods}、政府采购工程支出{works}和政府采购服务支出{services}。其中授予中小企业合同金额{sme}，占{sme.share}。",
];
pub const ASSETS: [&str; 2] = [
    "截至{year}年{^12}月{^31}日，{we}共有车辆{#vehicles}辆{uses}；单价{!50}万元以上通用设备{#e50}台（套），单价{!100}万元以上专用设备{#e100}台（套）。",
    "{year}年末，{we}房屋面积{#floor}平方米，车辆{#vehicles}辆{uses}，单位价值{!50}万元以上通用设备{#e50}台（套），单位价值{!100}万元以上专用设备{#e100}台（套）。",
];
pub const PERFORMANCE: [&str; 3] = [
    "根据预算绩效管理要求，{we}对{year}年度{#projects}个项目开展绩效自评，涉及资金{evaluated}，自评覆盖率{#cover}%。",
    "{we}组织对{#projects}个项目进行了绩效自评，共涉及资金{evaluated}，自评覆盖率达到{#cover}%。",
    "{year}{Y}开展绩效自评的项目{#projects}个，涉及资金{evaluated}。",
];
pub const STAFF: [&str; 3] = [
    "{we}编制人数{#posts}人，在职人员{#staff}人，退休人员{#retired}人。",
    "截至{year}年末，{we}核定编制{#posts}名，实有在职人员{#staff}人、退休人员{#retired}人。",
    "{we}内设{#offices}个科室，编制{#posts}名，在职{#staff}人。",
];
pub const WORK: [&str; 4] = [
    "{year}年共举办业务培训{#trainings}次，参加人员{#trained}人次。",
    "全年办理群众来信来访{#letters}件，办结率{#settled}%。",
    "全年开展安全检查{#inspections}次，整改问题{#problems}个，投入资金{invested}。",
    "建成服务站点{#stations}个，服务群众{#served}万人次。",
];
pub const GLOSSARY: [&str; 7] = [
    "财政拨款收入：指本级财政当年拨给单位的资金。",
    "年初结转和结余：指上一年没有用完、按规定留到本年继续使用的资金。",
    "基本支出：指为维持机构运转和完成日常工作而发生的人员支出和公用支出。",
    "项目支出：指为完成特定任务和事业发展目标，在基本支出之外发生的支出。",
    "“三公”经费：指用财政拨款安排的因公出国（境）费、公务用车购置及运行维护费和公务接待费。",
    "机关运行经费：指为保障机关运行，用于购买货物和服务的各项资金。",
    "结余分配：指单位按规定从当年结余中提取专用基金等。",
];
