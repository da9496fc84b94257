//! What the text part says, section by section.
//!
//! In: the accounts, a [`Book`] to fill sentences. Out: headings and paragraphs. Wordings stand in `wordings`.

use crate::accounts::{Accounts, Fund, Leaf};
use crate::book::Book;
use crate::report::{Report, residue};
use crate::statements::ordinal;
use crate::text::{Class, Text};
use crate::wordings as w;

const INCOME_KINDS: [(&str, &str); 5] = [
    ("income.superior_subsidy", "上级补助收入"),
    ("income.undertaking", "事业收入"),
    ("income.operating", "经营收入"),
    ("income.subordinate_remittance", "附属单位上缴收入"),
    ("income.other", "其他收入"),
];

/// Makes all subjects and counts known to the book.
pub fn introduce(book: &mut Book, books: &Accounts) {
    let before = books.before;
    book.subject("total", "income.total|expenditure.total", "收、支总计", books.total()).before = Some(before.total);
    book.subject("in", "income.total", "收入总计", books.total()).before = Some(before.total);
    book.subject("out", "expenditure.total", "支出总计", books.total()).before = Some(before.total);
    book.subject("income", "income.current_year", "本年收入合计", books.income()).before = Some(before.income);
    book.subject("spent", "expenditure.current_year", "本年支出合计", books.expenditure()).before =
        Some(before.expenditure);
    let both = "appropriation.income_total|appropriation.expenditure_total";
    let all = books.appropriation_total();
    book.subject("ap", both, "财政拨款收、支总计", all).before = Some(before.appropriation_total);
    book.subject("ap_in", "appropriation.income_total", "财政拨款收入总计", all);
    book.subject("ap_out", "appropriation.expenditure_total", "财政拨款支出总计", all);
    book.subject("ap_income", "income.appropriation", "财政拨款收入", books.appropriation());
    book.subject("ap_spent", "appropriation.expenditure", "财政拨款支出", books.sum(Leaf::appropriated));
    book.subject("ap_closing", "balance.closing", "年末财政拨款结转和结余", books.sum(Leaf::closing));
    let approved = books.sum_in(Fund::General, |leaf| leaf.approved);
    let general = book.subject("general", "general_budget.expenditure", "一般公共预算财政拨款支出", books.general());
    general.before = Some(before.general);
    general.whole = Some((books.expenditure(), "本年支出合计"));
    general.planned = Some((approved, "approved"));
    introduce_basic(book, books);
    introduce_funds(book, books);
    introduce_small(book, books);
}

fn introduce_basic(book: &mut Book, books: &Accounts) {
    let basic = books.sum_in(Fund::General, |leaf| leaf.basic);
    let personnel =
        books.economic.iter().filter(|line| matches!(&line.code[..3], "301" | "303")).map(|line| line.amount).sum();
    book.subject("basic", "general_budget.basic", "一般公共预算财政拨款基本支出", basic);
    book.subject("personnel", "general_budget.personnel", "人员经费", personnel).whole = Some((basic, "基本支出"));
    book.subject("public", "general_budget.public_use", "公用经费", basic - personnel).whole =
        Some((basic, "基本支出"));
}

fn introduce_funds(book: &mut Book, books: &Accounts) {
    let fund = |of: fn(&Leaf) -> i64| books.sum_in(Fund::Government, of);
    book.subject("gf_open", "government_fund.opening", "政府性基金预算年初结转和结余", fund(|leaf| leaf.opening));
    book.subject("gf_in", "income.government_fund", "政府性基金预算财政拨款收入", fund(|leaf| leaf.income));
    book.subject("gf_out", "government_fund.expenditure", "政府性基金预算财政拨款支出", fund(Leaf::appropriated));
    book.subject("gf_close", "government_fund.closing", "政府性基金预算年末结转和结余", fund(Leaf::closing));
    let capital = books.sum_in(Fund::StateCapital, Leaf::appropriated);
    book.subject("sc", "state_capital.expenditure", "国有资本经营预算财政拨款支出", capital);
}

fn introduce_small(book: &mut Book, books: &Accounts) {
    let small = &books.small;
    let plans = [
        ("tp", "three_public.total", "“三公”经费财政拨款支出", small.three_public()),
        ("abroad", "three_public.abroad", "因公出国（境）费", small.abroad),
        ("vehicle", "three_public.vehicle", "公务用车购置及运行维护费", small.vehicle()),
        ("purchase", "three_public.vehicle.purchase", "公务用车购置费", small.purchase),
        ("operation", "three_public.vehicle.operation", "公务用车运行维护费", small.operation),
        ("reception", "three_public.reception", "公务接待费", small.reception),
    ];
    for (key, concept, item, plan) in plans {
        let subject = book.subject(key, concept, item, plan.executed);
        subject.before = Some(plan.before);
        subject.planned = Some((plan.budget, "adjusted"));
        subject.whole = Some((small.three_public().executed, "“三公”经费"));
    }
    let cost = book.subject("cost", "agency.operating_cost", "机关运行经费", small.operating_cost.now);
    cost.before = Some(small.operating_cost.before);
    cost.tied = false;
    book.subject("proc", "procurement.total", "政府采购支出总额", small.procurement());
    book.subject("goods", "procurement.goods", "政府采购货物支出", small.goods);
    book.subject("works", "procurement.works", "政府采购工程支出", small.works);
    book.subject("services", "procurement.services", "政府采购服务支出", small.services);
    let sme = book.subject("sme", "procurement.sme", "授予中小企业合同金额", small.sme);
    (sme.whole, sme.tied) = (Some((small.procurement(), "政府采购支出总额")), false);
    let micro = book.subject("micro", "procurement.micro", "授予小微企业合同金额", small.micro);
    (micro.whole, micro.tied) = (Some((small.sme, "授予中小企业合同金额")), false);
    let evaluated = small.projects.iter().map(|project| project.budget).sum();
    book.subject("evaluated", "", "绩效自评项目涉及资金", evaluated).tied = false;
    let invested = book.random.between(10, 900) * 1_000_000;
    book.subject("invested", "", "整改投入资金", invested).tied = false;
    introduce_counts(book, books);
}

fn introduce_counts(book: &mut Book, books: &Accounts) {
    let small = &books.small;
    let flows = [
        ("groups", "three_public.abroad.groups", "因公出国（境）团组", small.groups, "group"),
        ("travellers", "three_public.abroad.persons", "因公出国（境）人数", small.travellers, "person"),
        ("purchased", "three_public.vehicle.purchased", "公务用车购置", small.purchased, "vehicle"),
        ("batches", "three_public.reception.batches", "国内公务接待批次", small.batches, "batch"),
        ("guests", "three_public.reception.persons", "国内公务接待人次", small.guests, "person_time"),
    ];
    for (key, concept, item, count, unit) in flows {
        book.count(key, concept, item, &count.to_string(), unit).phase = "executed";
    }
    let vehicles: i64 = small.vehicles.iter().map(|(_, count)| count).sum();
    let year = book.random.between(0, 1_000_000);
    let stocks = [
        ("owned", "three_public.vehicle.owned", "公务用车保有量", small.owned, "vehicle"),
        ("vehicles", "assets.vehicle", "车辆", vehicles, "vehicle"),
        ("e50", "assets.equipment_500k", "单价50万元以上通用设备", small.equipment_500k, "set"),
        ("e100", "assets.equipment_1m", "单价100万元以上专用设备", small.equipment_1m, "set"),
        ("floor", "assets.floor_area", "房屋面积", small.floor_area, "square_metre"),
        ("posts", "staff.authorised", "编制人数", small.posts, "person"),
        ("staff", "staff.actual", "在职人员", small.staff, "person"),
        ("retired", "staff.retired", "退休人员", small.retired, "person"),
        ("projects", "performance.projects", "开展绩效自评的项目", small.projects.len() as i64, "个"),
        ("offices", "", "内设科室", 3 + year % 9, "个"),
        ("trainings", "", "举办业务培训", 2 + year % 31, "次"),
        ("trained", "", "业务培训参加人员", 40 + year % 3_000, "person_time"),
        ("letters", "", "办理群众来信来访", 5 + year % 700, "件"),
        ("inspections", "", "开展安全检查", 4 + year % 90, "次"),
        ("problems", "", "整改问题", 3 + year % 210, "个"),
        ("stations", "", "建成服务站点", 1 + year % 40, "个"),
    ];
    for (key, concept, item, count, unit) in stocks {
        book.count(key, concept, item, &count.to_string(), unit);
    }
    book.count("floor", "assets.floor_area", "房屋面积", &small.floor_area.to_string(), "square_metre").measure =
        "amount";
    book.count("cover", "", "自评覆盖率", "100", "percent").measure = "rate";
    book.count("settled", "", "群众来信来访办结率", &format!("{}.{}", 85 + year % 14, year % 10), "percent").measure =
        "rate";
    book.count("served", "", "服务群众", &format!("{}.{:02}", 1 + year % 20, year % 100), "person_time").scale = 10_000;
}

/// 部门概况: duties, staff, the year's work.
pub fn overview(book: &mut Book, report: &mut Report) {
    report.section("主要职责");
    report.paragraph(Text::marked("（一）贯彻执行国家有关方针政策，拟订本地工作规划并组织实施。"));
    report.paragraph(Text::marked("（二）承办上级交办的其他事项。"));
    report.section("机构设置及人员情况");
    let text = book.one_of("staff", &w::STAFF);
    report.paragraph(text);
    if book.random.chance(60) {
        report.section("年度工作完成情况");
        for line in book.random.some(&[0, 1, 2, 3], 2) {
            let text = book.one_of(&format!("work{line}"), &[w::WORK[line]]);
            report.paragraph(text);
        }
    }
}

/// 决算情况说明: all sections.
pub fn explain(book: &mut Book, books: &Accounts, report: &mut Report) {
    let suffix = *book.random.pick(&["情况说明", "情况", "说明"]);
    report.section(&format!("收入支出决算总体{suffix}"));
    let text = book.one_of("totals", &w::TOTALS);
    report.paragraph(text);
    report.section(&format!("收入决算{suffix}"));
    income(book, books, report);
    report.section(&format!("支出决算{suffix}"));
    expenditure(book, books, report);
    report.section(&format!("财政拨款收入支出决算总体{suffix}"));
    let text = book.one_of("appropriations", &w::APPROPRIATIONS);
    report.paragraph(text);
    report.section(&format!("一般公共预算财政拨款支出决算{suffix}"));
    general(book, books, report);
    report.section(&format!("一般公共预算财政拨款基本支出决算{suffix}"));
    let text = book.one_of("basic", &w::BASIC);
    report.paragraph(text);
    report.section(&format!("“三公”经费财政拨款支出决算{suffix}"));
    three_public(book, books, report);
    report.section(&format!("政府性基金预算财政拨款支出决算{suffix}"));
    let funds = books.leaves.iter().any(|leaf| leaf.fund == Fund::Government);
    let text =
        if funds { book.one_of("fund", &w::GOVERNMENT_FUND) } else { book.one_of("no-fund", &w::NO_GOVERNMENT_FUND) };
    report.paragraph(text);
    report.section(&format!("国有资本经营预算财政拨款支出决算{suffix}"));
    let capital = books.leaves.iter().any(|leaf| leaf.fund == Fund::StateCapital);
    let text = if capital {
        book.one_of("capital", &w::STATE_CAPITAL)
    } else {
        book.one_of("no-capital", &w::NO_STATE_CAPITAL)
    };
    report.paragraph(text);
    others(book, books, report);
}

/// Keys of a list whose head closes with 。
fn finish(mut text: Text, list: Text, report: &mut Report) {
    text.append(list);
    text.words("。");
    report.paragraph(text);
}

fn income(book: &mut Book, books: &Accounts, report: &mut Report) {
    let whole = Some((books.income(), "本年收入合计"));
    let mut keys = Vec::new();
    let mut add = |book: &mut Book, concept: &str, name: &str, now: i64| {
        if now != 0 || book.style.residue {
            // A key may not hold the point that divides it from its part.
            let key = concept.replace('.', "-");
            book.subject(&key, concept, name, now).whole = whole;
            keys.push(key);
        }
    };
    if book.random.chance(60) {
        add(book, "income.appropriation", "财政拨款收入", books.appropriation());
    } else {
        add(book, "income.general_budget", "一般公共预算财政拨款收入", books.sum_in(Fund::General, |leaf| leaf.income));
        add(
            book,
            "income.government_fund",
            "政府性基金预算财政拨款收入",
            books.sum_in(Fund::Government, |leaf| leaf.income),
        );
        add(
            book,
            "income.state_capital",
            "国有资本经营预算财政拨款收入",
            books.sum_in(Fund::StateCapital, |leaf| leaf.income),
        );
    }
    for (at, (concept, name)) in INCOME_KINDS.into_iter().enumerate() {
        add(book, concept, name, books.sum(|leaf| leaf.own_income[at]));
    }
    let head = book.one_of("income", &w::INCOME);
    let list = book.list("income-parts", &w::PARTS, &keys);
    finish(head, list, report);
}

fn expenditure(book: &mut Book, books: &Accounts, report: &mut Report) {
    let whole = Some((books.expenditure(), "本年支出合计"));
    let mut keys = Vec::new();
    let parts = [
        ("part-basic", "expenditure.basic", "基本支出", books.sum(|leaf| leaf.basic + leaf.own_basic)),
        ("part-project", "expenditure.project", "项目支出", books.sum(|leaf| leaf.project + leaf.own_project)),
        ("part-superior", "expenditure.remitted_to_superior", "上缴上级支出", 0),
        ("part-operating", "expenditure.operating", "经营支出", books.sum(|leaf| leaf.own_operating)),
        ("part-subordinate", "expenditure.subordinate_subsidy", "对附属单位补助支出", 0),
    ];
    for (key, concept, name, now) in parts {
        if now != 0 || book.style.residue {
            book.subject(key, concept, name, now).whole = whole;
            keys.push(key.to_owned());
        }
    }
    let head = book.one_of("expenditure", &w::EXPENDITURE);
    let list = book.list("expenditure-parts", &w::PARTS, &keys);
    finish(head, list, report);
}

fn general(book: &mut Book, books: &Accounts, report: &mut Report) {
    report.subsection(1, "一般公共预算财政拨款支出决算总体情况");
    let text = book.one_of("general", &w::GENERAL);
    report.paragraph(text);
    report.subsection(2, "一般公共预算财政拨款支出决算结构情况");
    let leaves: Vec<&Leaf> = books.leaves.iter().filter(|leaf| leaf.fund == Fund::General).collect();
    let mut keys: Vec<String> = Vec::new();
    for leaf in &leaves {
        let key = format!("class{}", &leaf.code[..3]);
        if !keys.contains(&key) {
            let sum =
                leaves.iter().filter(|other| other.code[..3] == leaf.code[..3]).map(|other| other.appropriated()).sum();
            book.subject(&key, "expenditure.function", leaf.names[0], sum).whole =
                Some((books.general(), "一般公共预算财政拨款支出"));
            keys.push(key);
        }
    }
    let head = book.one_of("structure", &w::STRUCTURE);
    let list = book.list("classes", &w::CLASSES, &keys);
    finish(head, list, report);
    report.subsection(3, "一般公共预算财政拨款支出决算具体情况");
    let text = book.one_of("detail", &w::DETAIL);
    report.paragraph(text);
    let wording = book.random.below(w::ITEMS.len());
    let mark = *book.random.pick(&[".", "．", "、", ""]);
    for (at, leaf) in leaves.iter().enumerate() {
        let subject = book.subject("leaf", "expenditure.function", &leaf.names.join("/"), leaf.appropriated());
        subject.planned = Some((leaf.approved, "approved"));
        let mut text = Text::default();
        if mark.is_empty() {
            text.words(&format!("（{}）", ordinal(at + 1)));
        } else {
            text.number(&(at + 1).to_string(), Class::Ordinal);
            text.words(mark);
        }
        let sentence = w::ITEMS[wording].replace("{*", "{leaf");
        text.append(book.one_of(&format!("item{wording}"), &[&sentence]));
        report.paragraph(text);
    }
    if book.style.residue {
        let text = residue(&mut book.random, book.style);
        report.paragraph(text);
    }
}

fn three_public(book: &mut Book, books: &Accounts, report: &mut Report) {
    let small = &books.small;
    if small.three_public().executed == 0 {
        let text = book.one_of("no-three-public", &w::NO_THREE_PUBLIC);
        report.paragraph(text);
        return;
    }
    let mut text = book.one_of("three-public", &w::THREE_PUBLIC);
    if book.random.chance(40) {
        let keys: Vec<String> =
            [("abroad", small.abroad), ("vehicle", small.vehicle()), ("reception", small.reception)]
                .into_iter()
                .filter(|(_, plan)| plan.executed != 0)
                .map(|(key, _)| key.to_owned())
                .collect();
        text.words("其中：");
        text.append(book.list("three-public-parts", &w::THREE_PUBLIC_PARTS, &keys));
        text.words("。");
    }
    report.paragraph(text);
    let text = if small.abroad.executed != 0 {
        book.one_of("abroad", &w::ABROAD)
    } else {
        book.one_of("no-abroad", &w::NO_ABROAD)
    };
    report.paragraph(text);
    if small.vehicle().executed != 0 {
        let text = book.one_of("vehicle", &w::VEHICLE);
        report.paragraph(text);
    }
    if small.reception.executed != 0 {
        let text = book.one_of("reception", &w::RECEPTION);
        report.paragraph(text);
    }
}

fn others(book: &mut Book, books: &Accounts, report: &mut Report) {
    let small = &books.small;
    report.section("机关运行经费支出情况");
    let text = if small.operating_cost.now != 0 {
        book.one_of("cost", &w::OPERATING_COST)
    } else {
        book.one_of("no-cost", &w::NO_OPERATING_COST)
    };
    report.paragraph(text);
    report.section("政府采购支出情况");
    let text = book.one_of("procurement", &w::PROCUREMENT);
    report.paragraph(text);
    report.section("国有资产占用情况");
    let at = book.random.below(w::ASSETS.len());
    let mut uses = String::new();
    for (number, (name, count)) in small.vehicles.iter().enumerate() {
        let meaning = book.count(&format!("use{number}"), "assets.vehicle.type", name, &count.to_string(), "vehicle");
        meaning.checkable = true;
        uses.push_str(if number == 0 { "，其中：" } else { "、" });
        uses = format!("{uses}{name}{{#use{number}}}辆");
    }
    let text = book.one_of(&format!("assets{at}"), &[&w::ASSETS[at].replace("{uses}", &uses)]);
    report.paragraph(text);
    report.section("预算绩效管理工作开展情况");
    let mut text = book.one_of("performance", &w::PERFORMANCE);
    for (number, project) in small.projects.iter().enumerate() {
        if book.random.chance(50) {
            let raw = format!("{}.{}", project.score / 10, project.score % 10);
            let key = format!("score{number}");
            book.count(&key, "performance.score", &format!("{}项目自评得分", project.name), &raw, "point").measure =
                "score";
            text.append(book.one_of("score", &[&format!("“{}”项目自评得分{{#{key}}}分。", project.name)]));
        }
    }
    report.paragraph(text);
}
