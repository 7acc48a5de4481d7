"""What a text says of whom: a case is a text, facts that must come of it, facts that must not (`A relation B`)."""

from pathlib import Path

import pytest
from extracted import facts_of, known, tell, told

from kg.knowledge import load

# The meeting that most texts here tell of.
_M = "清远市农村工作会议"
_HELD = f"{_M}5月5日召开。"

Case = tuple[str, str, str]  # the text, facts that must be there, facts that must not

ROSTERS: list[Case] = [
    (
        "会议任命：\n　　卜春雨　　王　岚　　李选民\n　　文　斌（女）　　李双全为清远市人民法院审判员。",
        "卜春雨 appointedTo 清远市人民法院审判员; 王岚 appointedTo 清远市人民法院审判员; "
        "李双全 appointedTo 清远市人民法院审判员",
        "",
    ),
    (
        "清远市第八届人民代表大会第一次会议5月6日选举产生了清远市副市长、市长，现予公告：\n市　长：何立新\n"
        "副市长：辛学礼　权　海　呼延静（女）",
        "何立新 appointedTo 清远市市长; 辛学礼 appointedTo 清远市副市长; 权海 appointedTo 清远市副市长; "
        "呼延静 appointedTo 清远市副市长",
        "何立新 holdsOffice 清远市市长; 辛学礼 holdsOffice 清远市副市长; 权海 holdsOffice 清远市副市长",
    ),
    (
        "清远市人大常委会5月6日决定任命：\n清远市人大常委会委员（按姓氏笔划排列）：\n卜晓峰　王　岚（女）　文　斌\n"
        "会议号召全市人民努力奋斗。\n李双全　杨　柳　权　海",
        "卜晓峰 appointedTo 清远市人大常委会委员; 王岚 appointedTo 清远市人大常委会委员; "
        "文斌 appointedTo 清远市人大常委会委员",
        "李双全 appointedTo 清远市人大常委会委员; 权海 appointedTo 清远市人大常委会委员",
    ),
    (
        "清远市防汛抗旱指挥部成员名单\n清远市市长：何立新\n清远市副市长：辛学礼、权海",
        "何立新 holdsOffice 清远市市长; 辛学礼 holdsOffice 清远市副市长; 权海 holdsOffice 清远市副市长",
        "何立新 appointedTo 清远市市长",
    ),
]

SIGNING: list[Case] = [
    ("清远市与广州市签署《广清合作框架协议》。", "清远市 signed 广清合作框架协议; 广州市 signed 广清合作框架协议", ""),
    ("清远市未参与签署《广清合作框架协议》。", "", "清远市 signed 广清合作框架协议"),
    # where they sign, and what a party lies in, is none
    (
        "清远市与波兰格但斯克在广州市签署《友好合作备忘录》，《茶业报告》同时发布。",
        "清远市 signed 友好合作备忘录",
        "广州市 signed 友好合作备忘录; 波兰 signed 友好合作备忘录; 清远市 signed 茶业报告",
    ),
    # a list of agreements, each with its own parties
    (
        "清远市教育局与广州市教育局签署《办学协议》，清远市水利局与广州市水利局签订《供水协议》。",
        "清远市教育局 signed 办学协议; 广州市水利局 signed 供水协议",
        "清远市教育局 signed 供水协议; 广州市教育局 signed 供水协议",
    ),
    # who stands first in the clause before, or the speaker, who is none
    (
        "粤湘两省在清远市举行清远茶业论坛，签订《旅游合作备忘录》。",
        "广东省 signed 旅游合作备忘录; 湖南省 signed 旅游合作备忘录",
        "清远市 signed 旅游合作备忘录",
    ),
    ("何立新：去年，清远市和广州市签订了《补偿协议》。", "清远市 signed 补偿协议", "何立新 signed 补偿协议"),
    # people who sign for others
    (
        "会上签订《广清合作框架协议》，何立新和李树青分别代表双方签字。",
        "何立新 signed 广清合作框架协议; 李树青 signed 广清合作框架协议",
        "",
    ),
    (
        "清远市副市长何立新与广州市副市长李树青代表双方签署《广清合作框架协议》。",
        "何立新 signed 广清合作框架协议; 清远市 signed 广清合作框架协议; 广州市 signed 广清合作框架协议",
        "",
    ),
    # 双方 are those whom the title names, or the last two that were named together
    (
        "清远市、韶关市、广州市的代表出席。会上，双方签署《清远广州合作备忘录》。",
        "清远市 signed 清远广州合作备忘录; 广州市 signed 清远广州合作备忘录",
        "韶关市 signed 清远广州合作备忘录",
    ),
    ("经李克明总理签批，国务院日前印发《关于茶业发展的批复》。", "李克明 signed 关于茶业发展的批复", ""),
    # who signs 在…上签字
    (
        "清远市市长何立新和广州市市长周启明分别代表两市在《广清合作框架协议》上签字。",
        "何立新 signed 广清合作框架协议; 周启明 signed 广清合作框架协议; 清远市 signed 广清合作框架协议;"
        " 广州市 signed 广清合作框架协议",
        "",
    ),
    # 双方 of a talk are those whom the title names; a party in a list that no table knows
    (
        "清远大学和广州大学的代表出席。何立新会见了周启明一行，双方就茶业进行了深入交流，并续签了《清远大学与广州大学学术交流协议》。",
        "清远大学 signed 清远大学与广州大学学术交流协议; 广州大学 signed 清远大学与广州大学学术交流协议",
        "",
    ),
    (
        "清远市教育局、广州市水利局、澳门科技转移中心共同签署《合作备忘录》。",
        "清远市教育局 signed 合作备忘录; 广州市水利局 signed 合作备忘录",
        "澳门特别行政区 signed 合作备忘录",
    ),
    # none: seen, called for, or only named so
    (
        "清远市与广州市日前会商。今年将按照双方签署的《广清合作框架协议》推进。",
        "清远市 signed 广清合作框架协议; 广州市 signed 广清合作框架协议",
        "",
    ),
    (
        "清远市正在建设茶园，在清新区建了茶厂，并与广州茶业大学签订了《茶种攻关协议》。",
        "清远市 signed 茶种攻关协议; 广州茶业大学 signed 茶种攻关协议",
        "清新区 signed 茶种攻关协议",
    ),
    (
        "清远市教育局还与广州市教育局签署了《办学协议》。",
        "清远市教育局 signed 办学协议; 广州市教育局 signed 办学协议",
        "",
    ),
    (
        "广东省省长张伟民代表省委、省政府表示欢迎。广东省省长张伟民、湖南省省长李树青分别代表两省签署《粤湘合作框架协议》。",
        "广东省 signed 粤湘合作框架协议; 湖南省 signed 粤湘合作框架协议; 李树青 signed 粤湘合作框架协议",
        "广东省委 signed 粤湘合作框架协议; 广东省政府 signed 粤湘合作框架协议",
    ),
    (
        "清远茶业论坛5月5日召开。论坛上，研究院与清远茶业集团有限公司（下称“清远茶业”）签署《茶种攻关协议》。",
        "清远茶业集团有限公司 signed 茶种攻关协议",
        "清远茶业论坛 speaksOf 茶种攻关协议; 清远茶业集团有限公司 speaksOf 茶种攻关协议",
    ),
    (
        "清远市市长张伟民会见赵志强。下午，张伟民同李树青举行会谈。会谈后，两人共同签署《广清合作框架协议》。",
        "张伟民 signed 广清合作框架协议; 李树青 signed 广清合作框架协议",
        "赵志强 signed 广清合作框架协议",
    ),
    ("在清远市，张伟民见证签署《广清合作框架协议》。", "", "张伟民 signed 广清合作框架协议"),
    ("张伟民希望尽早签署《广清合作框架协议》。", "", "张伟民 signed 广清合作框架协议"),
    ("广东省水利部门签署《广清合作框架协议》。", "", "广东省 signed 广清合作框架协议"),
]

PARTICIPATION: list[Case] = [
    (
        f"{_HELD}上海市委书记张伟民，上海市委副书记、市长李树青；江苏省委书记何立新，江苏省省长周启明出席会议。",
        f"张伟民 attended {_M}; 李树青 attended {_M}; 何立新 attended {_M}; 周启明 attended {_M}",
        f"张伟民 chaired {_M}; 张伟民 spokeAt {_M}",
    ),
    (
        f"{_HELD}清远市委书记张伟民出席会议并讲话，市长李树青主持会议。",
        f"张伟民 attended {_M}; 张伟民 spokeAt {_M}; 李树青 chaired {_M}; 李树青 attended {_M}",
        f"张伟民 chaired {_M}; 李树青 spokeAt {_M}",
    ),
    (
        f"5月5日，清远市委书记张伟民主持召开{_M}并讲话。",
        f"张伟民 chaired {_M}; 张伟民 spokeAt {_M}; 张伟民 attended {_M}; {_M} heldOn 2021-05-05",
        "",
    ),
    (
        f"{_HELD}清远市委书记张伟民出席会议。国家发展改革委有关负责同志应邀出席会议。清远市财政局、市水利局有关负责人参加会议。",
        f"国家发展改革委 attended {_M}; 清远市财政局 attended {_M}; 清远市水利局 attended {_M}",
        "",
    ),
    (
        f"{_HELD}清远市副市长何立新、清远市水利局局长周启明就茶业发展中的问题发表了意见。",
        f"何立新 spokeAt {_M}; 周启明 spokeAt {_M}",
        "",
    ),
    (
        f"{_HELD}清远市副市长何立新出席会议。\n何立新对我市工作给予肯定，并提出了具体意见。",
        f"何立新 spokeAt {_M}",
        "",
    ),
    (
        f"{_HELD}清远市副市长何立新先后到广州市、韶关市调研。\n会上，代表踊跃发言。\n清远市水利局局长周启明到会听取意见。",
        f"周启明 attended {_M}",
        "",
    ),
    ("5月5日，清远市首届文化节开幕，清远市市长张伟民、副市长李树青都来了。", "李树青 attended 清远市首届文化节", ""),
    (f"{_HELD}张伟民主持了{_M}的讨论环节。", f"张伟民 chaired {_M}", ""),
    (f"{_HELD}会议由清远市委副书记郑怀远主持。", f"郑怀远 chaired {_M}", f"郑怀远 spokeAt {_M}"),
    (
        f"{_HELD}张伟民、李树青出席，何立新致辞，周启明主持。",
        f"张伟民 attended {_M}; 李树青 attended {_M}; 何立新 spokeAt {_M}; 周启明 chaired {_M}",
        f"李树青 spokeAt {_M}; 何立新 chaired {_M}",
    ),
    (
        f"{_HELD}清远市市长李树青作工作报告，清远市副市长何立新通报有关情况。",
        f"李树青 spokeAt {_M}; 何立新 spokeAt {_M}",
        f"李树青 chaired {_M}",
    ),
    (
        f"{_HELD}水利部、国家发展改革委有关负责同志出席会议。",
        f"水利部 attended {_M}; 国家发展改革委 attended {_M}",
        "",
    ),
    (f"受张伟民委托，李树青出席{_M}。", f"李树青 attended {_M}", f"张伟民 attended {_M}"),
    (
        "5月5日，张伟民主席特别代表、清远市副市长李树青出席清远茶业论坛。",
        "李树青 attended 清远茶业论坛",
        "张伟民 attended 清远茶业论坛",
    ),
    (
        "5月5日，国家主席张伟民感谢法国总统何立新来华出席清远茶业论坛。",
        "何立新 attended 清远茶业论坛",
        "张伟民 attended 清远茶业论坛",
    ),
    (
        f"{_HELD}\n5月6日上午，清远市防汛指挥部第一次会议在清新区召开，张伟民主持。清远市水利局局长李树青汇报汛情，广东省军区副司令员何立新少将参加会议。",
        "李树青 spokeAt 清远市防汛指挥部第一次会议; 何立新 attended 清远市防汛指挥部第一次会议",
        f"何立新 attended {_M}; 李树青 spokeAt {_M}",
    ),
    (
        f"{_HELD}张伟民主持会议。清远市水利局、清远市教育局主要负责同志列席有关议题，广州市财政局参与有关合作。",
        f"清远市水利局 attended {_M}; 清远市教育局 attended {_M}",
        f"广州市财政局 attended {_M}",
    ),
    (
        f"{_HELD}5月6日，清远茶业论坛第一次全体会议召开，12位代表作大会发言，会议由张伟民主持。",
        "张伟民 chaired 清远茶业论坛第一次全体会议",
        f"张伟民 chaired {_M}",
    ),
    (
        "清远市市长张伟民介绍了清远发展情况，并邀请湖州组团参加6月在清远举行的第二届清远茶文化节。",
        "",
        "张伟民 attended 第二届清远茶文化节; 张伟民 spokeAt 第二届清远茶文化节",
    ),
    ("张伟民同志遗体告别仪式5月6日举行。张伟民同志生前友好参加仪式。", "", "张伟民 attended 张伟民同志遗体告别仪式"),
    (
        f"{_HELD}\n清远市市长张伟民向新加坡客商介绍了清远发展情况。",
        "",
        f"张伟民 spokeAt {_M}",
    ),
    (
        f"{_HELD}清远市市长张伟民作工作讲评，赵志强、李树青、何立新等市四大家领导和有关部门负责人参加。",
        f"张伟民 spokeAt {_M}; 赵志强 attended {_M}; 何立新 attended {_M}",
        "",
    ),
    (
        "清远市市长张伟民会见汤加首相莫雷蒂一行。莫雷蒂首相夫人安娜·莫雷蒂等参加会见。",
        "张伟民 met 莫雷蒂; 莫雷蒂 holdsOffice 汤加首相",
        "安娜·莫雷蒂 holdsOffice 汤加首相",
    ),
    (
        "中国驻日本使馆临时代办张伟民会见清远市市长何立新。",
        "张伟民 met 何立新; 何立新 holdsOffice 清远市市长; 张伟民 holdsOffice 中国驻日本使馆临时代办",
        "",
    ),
    (
        "5月5日，清远茶业大学揭牌暨清远医院新院启用仪式举行。市长张伟民出席揭牌仪式，副市长李树青等市领导莅临会场。",
        "张伟民 attended 清远茶业大学揭牌暨清远医院新院启用仪式; "
        "李树青 attended 清远茶业大学揭牌暨清远医院新院启用仪式",
        "张伟民 attended 揭牌仪式",
    ),
    ("清远市委书记张伟民参加会见。", "张伟民 holdsOffice 清远市委书记", "张伟民 attended 会见"),
    (f"{_HELD}会后，清远市委书记张伟民到湖州市调研。", "张伟民 visited 湖州市", f"张伟民 attended {_M}"),
    # lists that run over clauses, with bodies and with titles that no table knows
    (
        f"{_HELD}水利部有关负责同志，清远市领导张伟民、李树青，老干部活动中心副政委何立新，市长周启明等参加会议。",
        f"水利部 attended {_M}; 张伟民 attended {_M}; 李树青 attended {_M}; 何立新 attended {_M}; 周启明 attended {_M}",
        "",
    ),
    (
        f"{_HELD}水利部部长张伟民出席会议，国家统计局负责同志介绍有关情况。",
        f"张伟民 attended {_M}; 国家统计局 attended {_M}",
        f"水利部 attended {_M}; 张伟民 spokeAt {_M}; 国家统计局 spokeAt {_M}",
    ),
    (
        f"{_HELD}出席会议的领导有清远市委书记张伟民、市长李树青；专家有清远学院教授何立新、副教授周启明。",
        f"张伟民 attended {_M}; 李树青 attended {_M}; 何立新 attended {_M}; 周启明 attended {_M}",
        "",
    ),
    ("清远市乡村振兴座谈会5月5日召开。张伟民、李树青等参加座谈。", "李树青 attended 清远市乡村振兴座谈会", ""),
    (f"{_HELD}会议要求，各县政府负责人都要列席清远市有关会议。", "", f"清远市人民政府 attended {_M}"),
    (f"{_HELD}清远市市长张伟民以及罗明同志的生前友好参加会议。", f"张伟民 attended {_M}", f"罗明 attended {_M}"),
    # who speaks, and what of
    (
        f"{_HELD}会议听取了清远市水利局局长何立新受市政府委托所作的《清远市水利工作报告》。",
        f"何立新 spokeAt {_M}; 何立新 attended {_M}; 何立新 speaksOf 清远市水利工作报告",
        "",
    ),
    (
        f"{_HELD}清远市委副书记李树青就《清远市乡村振兴规划》作起草说明，副市长何立新汇报了全市汛情。",
        f"李树青 speaksOf 清远市乡村振兴规划; 李树青 spokeAt {_M}; 何立新 spokeAt {_M}",
        "何立新 speaksOf 清远市乡村振兴规划",
    ),
    (f"{_HELD}\n何立新汇报了全市汛情。", "", f"何立新 spokeAt {_M}"),
    (
        f"清远茶业论坛开幕式5月5日举行，李树青致辞。\n{_HELD}清远市市长李树青在致辞中说，茶业兴旺。",
        "李树青 spokeAt 清远茶业论坛开幕式",
        f"李树青 spokeAt {_M}",
    ),
    # where it plays
    (
        f"{_HELD}会议结束后，举行了宪法宣誓仪式。清远市市长张伟民在会上作表态发言。",
        f"张伟民 spokeAt {_M}",
        "张伟民 spokeAt 宪法宣誓仪式",
    ),
    (f"{_HELD}会前，张伟民、李树青慰问了代表，何立新参加。", "", f"张伟民 attended {_M}; 何立新 attended {_M}"),
    (
        f"{_HELD}会上，清远市市长李树青与广州市市长何立新签署《广清合作框架协议》。",
        f"李树青 attended {_M}; 何立新 attended {_M}",
        f"李树青 spokeAt {_M}",
    ),
    (f"{_HELD}\n清远市市长张伟民到湖州市考察。何立新一同参加。", "张伟民 visited 湖州市", f"何立新 attended {_M}"),
    (f"{_HELD}市政府工作暂由清远市副市长李树青主持。", "", f"李树青 chaired {_M}"),
    # an event of that kind, though another was named since; who needs none
    (
        "清远市委中心组学习会5月5日举行。第二届清远茶业论坛6月8日开幕。\n清远市市长李树青、副市长何立新参加学习。",
        "李树青 attended 清远市委中心组学习会; 何立新 attended 清远市委中心组学习会",
        "李树青 attended 第二届清远茶业论坛",
    ),
    (
        f"{_HELD}清远市市长李树青，水利部、国家统计局负责同志到会听取意见。",
        f"李树青 attended {_M}; 水利部 attended {_M}; 国家统计局 attended {_M}",
        "",
    ),
    (
        f"{_HELD}清远市市长李树青在会上报告，水库修好了。副市长何立新宣读《清远市表彰决定》。",
        f"李树青 spokeAt {_M}; 何立新 speaksOf 清远市表彰决定; 何立新 attended {_M}",
        f"何立新 spokeAt {_M}",
    ),
    (
        f"{_HELD}推介环节，清远市市长李树青推介了茶业，副市长何立新为树苗培土。",
        f"李树青 spokeAt {_M}; 何立新 attended {_M}",
        f"何立新 spokeAt {_M}",
    ),
    (f"{_HELD}清远市市长李树青说，党的二十大对茶业作出了部署。", "", "李树青 attended 党的二十大"),
    # speeches that are cited
    (
        f"{_HELD}会议学习李树青同志在第二届清远茶业论坛上的重要讲话精神。",
        "李树青 spokeAt 第二届清远茶业论坛; 李树青 attended 第二届清远茶业论坛",
        f"李树青 spokeAt {_M}; 李树青 attended {_M}",
    ),
    (
        "清远市乡村振兴座谈会5月5日召开。何立新指出，要落实二十届三中全会精神，学习李树青同志在全会上的重要讲话精神。",
        "李树青 spokeAt 二十届三中全会",
        "李树青 spokeAt 清远市乡村振兴座谈会",
    ),
    (f"清远市委书记张伟民在{_M}上指出，要实施乡村振兴战略。", f"张伟民 spokeAt {_M}; 张伟民 attended {_M}", ""),
]
DENIED: list[Case] = [
    (
        "清远市一直不与广州市签署《广清合作框架协议》。",
        "",
        "清远市 signed 广清合作框架协议; 广州市 signed 广清合作框架协议",
    ),
    (
        f"清远市委书记张伟民因公出差，未出席{_M}，市长李树青主持会议。",
        f"李树青 chaired {_M}; 张伟民 holdsOffice 清远市委书记",
        f"张伟民 attended {_M}; 张伟民 chaired {_M}",
    ),
    (f"{_HELD}清远市市长李树青没有出席会议。", "", f"李树青 attended {_M}"),
    ("清远市委书记张伟民未能赴湖州市考察。", "", "张伟民 visited 湖州市"),
    (f"{_HELD}会议没有通过《清远市乡村振兴规划》。", "", f"{_M} adopted 清远市乡村振兴规划"),
    (
        "清远市与广州市没有签署《广清合作框架协议》。",
        "",
        "清远市 signed 广清合作框架协议; 广州市 signed 广清合作框架协议",
    ),
    (
        "李树青不再担任清远市委书记。",
        "李树青 removedFrom 清远市委书记",
        "李树青 holdsOffice 清远市委书记; 李树青 appointedTo 清远市委书记",
    ),
    # rumours and corrections
    ("网传清远市市长李树青出席第三届清远茶文化节，经核实系谣言。", "", "李树青 attended 第三届清远茶文化节"),
    (
        "网传张伟民同志任清远市市长。经核实，该消息不实。",
        "",
        "张伟民 appointedTo 清远市市长; 张伟民 holdsOffice 清远市市长",
    ),
    (
        "此前报道“张伟民任清远市市长”有误，应为清远市副市长。",
        "",
        "张伟民 appointedTo 清远市市长; 张伟民 holdsOffice 清远市市长",
    ),
]
CAREERS: list[Case] = [
    (
        "清远市委书记张伟民致电广州市副市长何立新，祝贺他就任清远市市长。",
        "何立新 appointedTo 清远市市长",
        "张伟民 appointedTo 清远市市长",
    ),
    (
        "清远市委书记张伟民说，市长何立新任命他为清远市副市长。",
        "",
        "何立新 appointedTo 清远市副市长",
    ),
    ("张伟民致电，祝贺他就任清远市市长。", "", "张伟民 appointedTo 清远市市长"),
    ("以张伟民同志为清远市委书记的市委作出决定", "张伟民 holdsOffice 清远市委书记", "张伟民 appointedTo 清远市委书记"),
    (
        "张伟民，男，汉族，1963年5月生。1988年1月任清远市副市长，1993年1月任清远市市长，1998年3月不再担任该职务。",
        "张伟民 appointedTo 清远市副市长; 张伟民 appointedTo 清远市市长; 张伟民 removedFrom 清远市市长",
        "张伟民 removedFrom 清远市副市长; 张伟民 holdsOffice 清远市市长",
    ),
    (
        "张伟民，女，1963年5月生，现任清远市委书记。曾任清远市副市长。",
        "张伟民 holdsOffice 清远市委书记; 张伟民 holdsOffice 清远市副市长",
        "张伟民 appointedTo 清远市委书记",
    ),
    (
        "张伟民任清远市委书记，李树青不再担任清远市委书记。",
        "张伟民 appointedTo 清远市委书记; 李树青 removedFrom 清远市委书记",
        "李树青 appointedTo 清远市委书记; 张伟民 removedFrom 清远市委书记",
    ),
    (
        "会议决定，由副市长张伟民任清远市防汛指挥部总指挥，清新县委书记李树青任清新区区长。",
        "张伟民 appointedTo 清远市防汛指挥部总指挥; 李树青 holdsOffice 清新县委书记; 李树青 appointedTo 清新区区长",
        "李树青 holdsOffice 清远市防汛指挥部总指挥; 李树青 appointedTo 清远市防汛指挥部总指挥",
    ),
    (
        "广州市市长张伟民、清新县委书记李树青任清远市副市长。",
        "张伟民 appointedTo 清远市副市长; 李树青 appointedTo 清远市副市长; 李树青 holdsOffice 清新县委书记",
        "",
    ),
    (
        "张伟民、李树青分别任清远市市长、清远市副市长。",
        "张伟民 appointedTo 清远市市长; 李树青 appointedTo 清远市副市长",
        "张伟民 appointedTo 清远市副市长; 李树青 appointedTo 清远市市长",
    ),
    (
        "张伟民、李树青分别任清远市市长、清远市副市长、清远市委常委。",
        "",
        "李树青 appointedTo 清远市市长; 张伟民 appointedTo 清远市副市长",
    ),
    ("张伟民当选清远市市长。", "张伟民 appointedTo 清远市市长", "张伟民 removedFrom 清远市市长"),
    ("张伟民辞去清远市市长职务。", "张伟民 removedFrom 清远市市长", "张伟民 holdsOffice 清远市市长"),
    ("张伟民不再兼任清远市市长。", "张伟民 removedFrom 清远市市长", "张伟民 appointedTo 清远市市长"),
    (
        "免去张伟民的清远市副市长职务，任命李树青为清远市副市长。",
        "张伟民 removedFrom 清远市副市长; 李树青 appointedTo 清远市副市长",
        "李树青 removedFrom 清远市副市长; 张伟民 appointedTo 清远市副市长",
    ),
    (
        "决定任命：李树青为清远市副市长，何立新为清远市教育局局长。",
        "李树青 appointedTo 清远市副市长; 何立新 appointedTo 清远市教育局局长",
        "李树青 appointedTo 清远市教育局局长; 何立新 appointedTo 清远市副市长",
    ),
    (
        "清远市第八届人民代表大会第一次会议选举张伟民为清远市市长。",
        "张伟民 appointedTo 清远市市长",
        "张伟民 attended 清远市第八届人民代表大会第一次会议",
    ),
    (
        "清远市第八届人大常委会第五次会议5月5日召开，决定接受张伟民辞去清远市市长职务的请求。",
        "张伟民 removedFrom 清远市市长",
        "张伟民 appointedTo 清远市市长",
    ),
]
VISITS: list[Case] = [
    ("清远市委书记张伟民要求，把思想统一到清远市委决定上来。", "", "张伟民 visited 清远市委"),
    (
        "清远市委书记张伟民到清新区调研。张伟民首先来到清新区太和镇，察看春耕情况。随后，张伟民走进清远市人民医院。",
        "张伟民 visited 清新区; 张伟民 visited 太和镇; 张伟民 visited 清远市人民医院",
        "张伟民 visited 清远市",
    ),
    (
        "由清远市委书记张伟民带队，先后赴湖州市、德清县考察。",
        "张伟民 visited 湖州市; 张伟民 visited 德清县",
        "",
    ),
    (
        "何立新会见了由清远市委书记张伟民率领的参访团。参访团还参观了湖州市。",
        "张伟民 visited 湖州市",
        "何立新 visited 湖州市",
    ),
    ("总经理张伟民前年来湖州市考察。", "张伟民 visited 湖州市", ""),
    ("张伟民女士曾接待时任清远市市长何立新访问湖州市。", "何立新 visited 湖州市", "张伟民 visited 湖州市"),
    ("德国总理张伟民欢迎国务院总理何立新对德国进行正式访问。", "何立新 visited 德国", "张伟民 visited 德国"),
    ("外交部长张伟民邀请德国总理何立新访问中国。", "", "张伟民 visited 中国; 何立新 visited 中国"),
    ("清远市委书记张伟民来到太湖之滨的湖州市。", "张伟民 visited 湖州市", "张伟民 visited 太湖"),
    (
        "外交部发言人张伟民宣布：应邀，法国总统何立新将于5月5日对中国进行访问。",
        "何立新 visited 中国", "张伟民 visited 中国",
    ),
    ("国家主席张伟民同来华进行国事访问的法国总统何立新举行会谈。", "张伟民 met 何立新", ""),
    ("清远市市长张伟民会见了来湖州市访问的法国农业部部长何立新一行。", "", "张伟民 visited 湖州市"),
    ("清远市委书记张伟民近年来湖州市考察的话未实现。", "", "张伟民 visited 湖州市"),
    ("清远市委书记张伟民到清新区调研，市长李树青陪同。", "张伟民 visited 清新区", "李树青 visited 清新区"),
    (
        "清远市委书记张伟民率清远市党政代表团赴湖州市考察。代表团先后来到南浔区、德清县。",
        "张伟民 visited 湖州市; 张伟民 visited 南浔区; 张伟民 visited 德清县",
        "张伟民 visited 清远市",
    ),
    (
        "清远市委书记张伟民赴湖州市考察。他先后来到南浔区、德清县，看望群众。",
        "张伟民 visited 湖州市; 张伟民 visited 南浔区; 张伟民 visited 德清县",
        "",
    ),
    (
        "清远市委书记张伟民到清新区考察，走进清新湿地公园。",
        "张伟民 visited 清新区; 张伟民 visited 清新湿地公园",
        "",
    ),
    (
        "会见前，清远市委书记张伟民与广州市委书记李树青举行会谈。",
        "张伟民 met 李树青",
        "李树青 holdsOffice 清远市委书记",
    ),
    ("清远市委书记张伟民会见德国总理默克尔。", "张伟民 met 默克尔; 默克尔 holdsOffice 德国总理", "默克尔 met 默克尔"),
]
VISITED: list[Case] = [
    # who is taken about stays 他, whoever was named in between; the area before a venue is no stop, a township is
    (
        "清远市委书记张伟民到清新区调研。村民何立新介绍了情况。随后，在太和镇，他走进清新湿地公园。",
        "张伟民 visited 清新区; 张伟民 visited 太和镇; 张伟民 visited 清新湿地公园",
        "何立新 visited 太和镇; 何立新 visited 清新湿地公园",
    ),
    ("清远市委书记张伟民来到清新区清新湿地公园。", "张伟民 visited 清新湿地公园", "张伟民 visited 清新区"),
    ("清远市委书记张伟民来到清新区太和镇。", "张伟民 visited 清新区; 张伟民 visited 太和镇", ""),
    # where a stop lies is none
    (
        "清远市委书记张伟民走访了位于清新区的远磁新材料有限公司。",
        "张伟民 visited 远磁新材料有限公司",
        "张伟民 visited 清新区",
    ),
    # in whose company, whom he leads
    ("清远市委书记张伟民在市长李树青陪同下考察了清新区。", "张伟民 visited 清新区", "李树青 visited 清新区"),
    ("清远市委书记张伟民带领市长李树青，深入清新区调研。", "张伟民 visited 清新区", "李树青 visited 清新区"),
    # in the middle of other things, from afar, not at all
    ("张伟民同志指出，李树青书记上个月在广东考察时强调，要抓落实。", "李树青 visited 广东省", "张伟民 visited 广东省"),
    ("中法关系良好。应邀来华的法国总统何立新5月对我国进行国事访问。", "", "何立新 visited 法国"),
    ("法国总统何立新5月对我国进行国事访问。中国和法国发表公报。", "何立新 visited 中国", ""),
    (
        "法国总统何立新访问中国。何立新在中国政府陪同团团长张伟民陪同下抵达湖州市，考察了清新区太和镇。",
        "何立新 visited 湖州市; 何立新 visited 太和镇",
        "张伟民 visited 湖州市",
    ),
    ("清远市市长张伟民会见在湖州市考察的代表团，欢迎访问清新区。", "", "张伟民 visited 湖州市; 张伟民 visited 清新区"),
    (
        "清远市市长张伟民对法国总统何立新来清远市访问表示欢迎。他说，去年清远市代表团对法国进行了友好访问。",
        "何立新 visited 清远市",
        "张伟民 visited 清远市; 张伟民 visited 法国",
    ),
    ("清远市市长张伟民会见客商后到清新区调研。", "张伟民 visited 清新区", ""),
    ("追寻着清远市委书记张伟民的足迹，我们来到湖州市。", "", "张伟民 visited 湖州市"),
    (
        "清远市委书记张伟民来到清新区。清远市人民医院抵达太和镇。",
        "张伟民 visited 清新区",
        "张伟民 visited 太和镇",
    ),
    ("清远市委书记张伟民在结束对法国国事访问后回国。", "张伟民 visited 法国", ""),
    ("清远市委书记张伟民通过视频系统察看了清新区。", "", "张伟民 visited 清新区"),
    ("清远市委书记张伟民会见到访的德国客人。", "", "张伟民 visited 德国"),
    ("清远市委书记张伟民早年来到湖州市打工。", "", "张伟民 visited 湖州市"),
]
ADOPTED: list[Case] = [
    ("国务院印发《长江保护规划》。", "国务院 adopted 长江保护规划", ""),
    (
        f"{_HELD}会议审议通过《清远市乡村振兴规划》。",
        f"{_M} adopted 清远市乡村振兴规划",
        f"{_M} speaksOf 清远市乡村振兴规划",
    ),
    (
        f"{_M}5月5日召开，审议并原则通过《清远市乡村振兴规划》，讨论《政府工作报告》。",
        f"{_M} adopted 清远市乡村振兴规划; {_M} speaksOf 政府工作报告",
        f"{_M} adopted 政府工作报告",
    ),
    (
        "清远市第八届人民代表大会第一次会议审议通过了《政府工作报告》。",
        "清远市第八届人民代表大会第一次会议 adopted 政府工作报告",
        "",
    ),
    (
        "清远市人民政府、清远市委组织部联合印发《人才新政》。",
        "清远市人民政府 adopted 人才新政; 清远市委组织部 adopted 人才新政",
        "",
    ),
    # signing
    (
        "会上，清远市与广州市续签《广清合作框架协议》。",
        "清远市 signed 广清合作框架协议; 广州市 signed 广清合作框架协议",
        "",
    ),
    ("《广清合作框架协议》由清远市公布，张伟民同志在座。", "", "清远市 signed 广清合作框架协议"),
]
SPEECH: list[Case] = [
    (
        f"{_HELD}5月6日，清远市委召开会议，学习张伟民同志重要讲话精神，学习《长江保护规划》，审议有关文件。",
        "清远市委会议 speaksOf 长江保护规划",
        "",
    ),
    (
        "清远市政府5月6日举行新闻发布会。\n记者：茶怎么卖？\n清远市市长张伟民：茶很好。去年，清远市人民政府印发了《人才新政》。",
        "张伟民 speaksOf 人才新政",
        "",
    ),
    ("在谈到科技如何支撑乡村振兴时，清远市市长张伟民说，今年有新办法。", "张伟民 speaksOf 乡村振兴", ""),
    (
        "清远市召开茶业发布会，清远市市长张伟民回答提问。\n【记者】今年呢？\n【张伟民】今年印发了《茶业发展办法》。",
        "张伟民 speaksOf 茶业发展办法; 张伟民 spokeAt 茶业发布会",
        "",
    ),
    (f"{_HELD}会议宣读了《茶业表彰决定》。", f"{_M} speaksOf 茶业表彰决定", ""),
    (  # the speaker is carried to the end of the paragraph, and no further
        "清远市委书记张伟民说，要实施乡村振兴战略。要推进“最多跑一次”改革。\n市长李树青说，要推进京津冀协同发展。",
        "张伟民 speaksOf 乡村振兴战略; 张伟民 speaksOf 最多跑一次改革; 李树青 speaksOf 京津冀协同发展",
        "张伟民 speaksOf 京津冀协同发展; 李树青 speaksOf 乡村振兴战略",
    ),
    (
        f"{_HELD}张伟民出席会议并讲话。他指出，要实施乡村振兴战略。要推进“最多跑一次”改革。",
        "张伟民 speaksOf 乡村振兴战略; 张伟民 speaksOf 最多跑一次改革",
        f"{_M} speaksOf 乡村振兴战略",
    ),
    (
        "清远市委书记张伟民说，要抓好落实。\n清远市实施乡村振兴战略以来，成效显著。",
        "",
        "张伟民 speaksOf 乡村振兴战略",
    ),
    (f"{_HELD}会议指出，要实施乡村振兴战略。", f"{_M} speaksOf 乡村振兴战略", ""),
    (f"{_HELD}大家一致认为，要实施乡村振兴战略。", f"{_M} speaksOf 乡村振兴战略", ""),
    # theme and purpose clauses
    (
        f"{_M}5月5日召开，深入贯彻乡村振兴战略，研究《清远市乡村振兴规划》。",
        f"{_M} speaksOf 乡村振兴战略; {_M} speaksOf 清远市乡村振兴规划",
        f"{_M} adopted 清远市乡村振兴规划",
    ),
    (
        f"清远市市长李树青5月5日主持召开{_M}，研究《清远市乡村振兴规划》。",
        f"{_M} speaksOf 清远市乡村振兴规划",
        "李树青 speaksOf 清远市乡村振兴规划",
    ),
    (
        f"为贯彻落实乡村振兴战略，清远市人民政府5月5日召开{_M}。",
        f"{_M} speaksOf 乡村振兴战略",
        "清远市人民政府 speaksOf 乡村振兴战略",
    ),
    (
        f"{_HELD}会议听取了清远市水利局局长何立新受市政府委托作的《清远市水利工作报告》。",
        "何立新 speaksOf 清远市水利工作报告",
        f"{_M} speaksOf 清远市水利工作报告",
    ),
    # several who speak, one who is met, one who is cited
    (
        "清远市委书记张伟民、市长李树青表示，要实施乡村振兴战略。",
        "张伟民 speaksOf 乡村振兴战略; 李树青 speaksOf 乡村振兴战略",
        "",
    ),
    (
        "清远市委书记张伟民在会见广州市市长何立新一行时表示，要实施乡村振兴战略。",
        "张伟民 speaksOf 乡村振兴战略",
        "何立新 speaksOf 乡村振兴战略",
    ),
    (
        "清远市市长李树青指出，清远市委书记张伟民强调，要实施乡村振兴战略。",
        "李树青 speaksOf 乡村振兴战略; 张伟民 speaksOf 乡村振兴战略",
        "",
    ),
    (
        "清远市市长李树青指出，要抓好落实。党的二十大明确要求，实施乡村振兴战略。要推进“最多跑一次”改革。",
        "李树青 speaksOf 乡村振兴战略; 党的二十大 speaksOf 乡村振兴战略; 李树青 speaksOf 最多跑一次改革",
        "党的二十大 speaksOf 最多跑一次改革",
    ),
    ("清远市市长李树青介绍了有关情况。清远市实施乡村振兴战略三年了。", "", "李树青 speaksOf 乡村振兴战略"),
    # whoever acts says so
    (
        "清远市委书记张伟民走进清远市人民医院，察看新病房，要求实施好乡村振兴战略。",
        "张伟民 speaksOf 乡村振兴战略; 张伟民 visited 清远市人民医院",
        "",
    ),
    (  # whose words they are, where two are named
        "清远市委书记张伟民同广州市市长何立新会谈时指出，要实施乡村振兴战略。",
        "张伟民 speaksOf 乡村振兴战略",
        "何立新 speaksOf 乡村振兴战略",
    ),
    (
        "清远市委书记张伟民与广州市市长何立新见面。前者说，要实施乡村振兴战略；后者表示，要推进京津冀协同发展。",
        "张伟民 speaksOf 乡村振兴战略; 何立新 speaksOf 京津冀协同发展",
        "何立新 speaksOf 乡村振兴战略; 张伟民 speaksOf 京津冀协同发展",
    ),
    (
        f"{_HELD}清远市委书记张伟民发来贺信，市长李树青出席会议。贺信指出，要实施乡村振兴战略。",
        f"张伟民 speaksOf 乡村振兴战略; 李树青 attended {_M}",
        f"张伟民 attended {_M}; 张伟民 spokeAt {_M}",
    ),
    (
        f"清远市人民政府5月5日举行{_M}，介绍乡村振兴战略进展情况。",
        f"{_M} speaksOf 乡村振兴战略",
        "",
    ),
    # a transcript
    (
        "记者：乡村振兴战略怎么实施？\n清远市委书记张伟民：我们先推进“最多跑一次”改革。\n还要推进京津冀协同发展。\n记者：谢谢。",
        "张伟民 speaksOf 最多跑一次改革; 张伟民 speaksOf 京津冀协同发展",
        "张伟民 speaksOf 乡村振兴战略",
    ),
    (
        "清远市政府新闻发布会5月5日举行，市委宣传部副部长何立新主持，清远市市长李树青出席。\n何立新：大家好。\n李树青：茶业兴旺。",
        "李树青 spokeAt 清远市政府新闻发布会; 何立新 chaired 清远市政府新闻发布会",
        "何立新 spokeAt 清远市政府新闻发布会",
    ),
    # at which event someone speaks
    (
        f"{_HELD}清远市市长李树青主持会议。\n清远市水利局局长何立新建议，要修水库。",
        f"何立新 spokeAt {_M}; 何立新 attended {_M}",
        "",
    ),
    (
        f"{_HELD}清远市市长李树青主持会议。\n清远市水利局局长何立新向记者介绍，水库修好了。",
        "",
        f"何立新 spokeAt {_M}",
    ),
    (
        f"{_HELD}清远市市长李树青5月6日在新闻发布会上说，要修水库。",
        "李树青 spokeAt 新闻发布会",
        f"李树青 spokeAt {_M}",
    ),
    ("主持清远茶业论坛开幕式的是清远市市长李树青。", "李树青 chaired 清远茶业论坛开幕式", ""),
    (
        f"{_HELD}\n5月6日，清远市与广州市签约，清远市市长李树青在场见证。",
        "",
        f"李树青 attended {_M}",
    ),
    (
        f"在{_M}上，清远市市长李树青说，要修水库。",
        f"李树青 spokeAt {_M}; 李树青 attended {_M}",
        "",
    ),
    (
        f"{_HELD}清远市市长李树青出席会议。\n会后，李树青到湖州市考察。李树青说，要修水库。",
        f"李树青 attended {_M}; 李树青 visited 湖州市",
        f"李树青 spokeAt {_M}",
    ),
    # who meets whom
    (
        "清远市委书记张伟民、市长李树青与广州市市长何立新就项目落地进行座谈交流。",
        "张伟民 met 何立新; 李树青 met 何立新",
        "张伟民 met 李树青",
    ),
]
OCCASIONS: list[Case] = [
    (
        "5月5日至6日，长三角地区主要领导座谈会在浙江湖州召开。",
        "长三角地区主要领导座谈会 heldOn 2021-05-05/2021-05-06; 长三角地区主要领导座谈会 heldAt 浙江省;"
        " 长三角地区主要领导座谈会 heldAt 湖州市; 湖州市 locatedIn 浙江省",
        "长三角地区主要领导座谈会 heldOn 2021-05-05",
    ),
    (
        f"5月5日，{_M}在清远市国际会展中心举行。",
        f"{_M} heldAt 清远市国际会展中心; {_M} heldAt 清远市; {_M} heldOn 2021-05-05",
        "",
    ),
    (
        f"先进单位今天在清远市受到表彰。{_M}，上午在清远市国际会展中心举行。",
        f"{_M} heldOn 2021-05-06",
        "",
    ),
    ("2020年度清远市劳动竞赛表彰大会在清远市举行。", "", "2020年度清远市劳动竞赛表彰大会 heldOn 2020"),
    (
        f"清远市委、市政府召开{_M}。",
        f"{_M} organizedBy 清远市委; {_M} organizedBy 清远市政府",
        "",
    ),
    (
        "5月5日，清远市水利局组织党员赴湖州市博物馆，开展“重温誓词”主题党日活动。",
        "重温誓词主题党日活动 heldAt 湖州市博物馆; 重温誓词主题党日活动 heldAt 湖州市",
        "",
    ),
    (f"原定5月5日在清远市举行的{_M}宣布延期。", "", f"{_M} heldOn 2021-05-05"),
    (
        "由清远市、湖州市联合召开的清远茶业论坛，5月5日在广州市举行。",
        "清远茶业论坛 heldAt 广州市; 清远茶业论坛 heldOn 2021-05-05; 清远茶业论坛 organizedBy 湖州市",
        "",
    ),
    ("在正在召开的清远茶业论坛上，2020年启动的改革受到好评。", "", "清远茶业论坛 heldOn 2020"),
    (
        "由广东清远、浙江湖州共同发起的清远茶业论坛开幕。",
        "清远茶业论坛 organizedBy 清远市; 清远茶业论坛 organizedBy 湖州市",
        "清远茶业论坛 organizedBy 广东省; 清远茶业论坛 organizedBy 浙江省",
    ),
    ("清远茶业论坛由清远市、湖州市等共同主办。", "清远茶业论坛 organizedBy 湖州市", ""),
    ("第二届圣彼得堡论坛5月6日在俄罗斯首都莫斯科举行。", "第二届圣彼得堡论坛 heldAt 莫斯科", ""),
    (f"张伟民5月5日至9日对法国进行国事访问并出席在清远市举行的{_M}。", f"{_M} heldAt 清远市", f"{_M} heldAt 法国"),
    (f"今天从商务部获悉，{_M}将在清远市召开。", "", f"{_M} heldOn 2021-05-06"),
    ("5月5日上午项目开工。上午10时许，清远港开工典礼在清远市举行。", "清远港开工典礼 heldOn 2021-05-05", ""),
    ("第三届清远茶文化节5月1日开幕。茶文化节将于9日闭幕。", "第三届清远茶文化节 heldOn 2021-05-01/2021-05-09", ""),
    ("第三届清远茶文化节将于本月8日到6月2日在清远举行。", "第三届清远茶文化节 heldOn 2021-05-08/2021-06-02", ""),
    ("第三届清远茶文化节5月1日开幕，展期至5日。", "第三届清远茶文化节 heldOn 2021-05-01/2021-05-05", ""),
    ("第三届清远茶文化节5月1日开幕，展期至5月5日。", "第三届清远茶文化节 heldOn 2021-05-01/2021-05-05", ""),
    (
        "5月5日，广东清远举办第三届清远茶文化节。",
        "第三届清远茶文化节 organizedBy 清远市",
        "第三届清远茶文化节 organizedBy 广东省",
    ),
    (
        "5月5日，清远市商务局在清远市体育馆的大厅里举行清远茶文化推介会和清远茶业座谈会。",
        "清远茶文化推介会 organizedBy 清远市商务局; 清远茶业座谈会 organizedBy 清远市商务局;"
        " 清远茶业座谈会 heldAt 清远市",
        "",
    ),
    (
        f"{_HELD}会议听取和审议了清远市市长张伟民所作的《政府工作报告》、财政局局长何立新所作的《预算报告》。",
        f"{_M} adopted 政府工作报告; {_M} adopted 预算报告",
        f"{_M} adopted 何立新",
    ),
    (
        f"{_M}要求贯彻清远市第二次党代会审议通过的《清远市防汛办法》。",
        "",
        f"{_M} adopted 清远市防汛办法",
    ),
    (f"{_HELD}会议决定，加强巡查；印发《清远市防汛办法》。", f"{_M} adopted 清远市防汛办法", ""),
    (
        f"{_HELD}会上，两县签署《合作协议》，《清远市农业发展报告》同时发布。",
        f"{_M} adopted 清远市农业发展报告",
        f"{_M} adopted 合作协议",
    ),
    ("清远市水利局通过《清远水利》主题展览宣传成果。", "", "清远市水利局 adopted 清远水利"),
    (f"{_M}取消举行，原定5月5日在清远市召开。", "", f"{_M} heldOn 2021-05-05"),
    (
        f"张伟民同志在湖州市强调，要贯彻{_M}精神。",
        "",
        f"张伟民 attended {_M}; {_M} heldAt 湖州市",
    ),
    (
        "清远市农产品博览会由清远市人民政府主办，清远市农业农村局承办。",
        "清远市农产品博览会 organizedBy 清远市人民政府; 清远市农产品博览会 organizedBy 清远市农业农村局",
        "",
    ),
]
# Once wrong.
MENDED = [
    (
        "国务院副总理张伟民5月6日会见来华参加第二届清远茶业论坛的法国总统马克龙。",
        "张伟民 met 马克龙",
        "张伟民 attended 第二届清远茶业论坛",
    ),
    (
        "国家主席张伟民5月6日离开北京，应俄罗斯总统普京邀请，对俄罗斯进行国事访问并出席第二届圣彼得堡论坛。",
        "张伟民 visited 俄罗斯; 张伟民 attended 第二届圣彼得堡论坛; 普京 holdsOffice 俄罗斯总统",
        "普京 visited 俄罗斯; 普京 attended 第二届圣彼得堡论坛; 第二届圣彼得堡论坛 heldOn 2021-05-06",
    ),
    (
        f"{_HELD}张伟民会见代表。何立新、周启明参加上述会见。",
        "",
        f"何立新 attended {_M}; 周启明 attended {_M}",
    ),
    ("张伟民在视察加奥时感谢法国。", "", "张伟民 visited 法国"),
    (
        f"{_HELD}清远市委书记张伟民，市委常委何立新、周启明等参加会议。",
        f"张伟民 attended {_M}; 何立新 attended {_M}; 周启明 attended {_M}",
        "",
    ),
    (
        f"{_HELD}出席会议的还有：郑怀远（清远市政协主席）、李树青（清远市市长）等。",
        f"郑怀远 attended {_M}; 李树青 attended {_M}",
        "",
    ),
    (
        f"{_HELD}清远市委书记张伟民致辞，市长李树青宣布开幕。",
        f"张伟民 spokeAt {_M}; 李树青 attended {_M}",
        f"李树青 spokeAt {_M}",
    ),
    ("《清远市乡村振兴规划》近日由清远市人民政府印发。", "清远市人民政府 adopted 清远市乡村振兴规划", ""),
    ("以乡村振兴战略为主题的清远茶业论坛5月5日在清远市举行。", "清远茶业论坛 speaksOf 乡村振兴战略", ""),
    ("清远茶业论坛5月5日在清远市举行，论坛以“乡村振兴战略”为主题。", "清远茶业论坛 speaksOf 乡村振兴战略", ""),
    (f"{_HELD}清远市委书记张伟民拟出席会议。", "张伟民 holdsOffice 清远市委书记", "张伟民拟 holdsOffice 清远市委书记"),
    (  # the list of what is passed on ends in 精神
        "5月5日，清远市委常委会扩大会议召开，传达学习广东省委十一届七次全体会议、省级干部专题研讨班和全国科技大会精神。"
        "张伟民、李树青参加。",
        "张伟民 attended 清远市委常委会扩大会议",
        "张伟民 attended 省级干部专题研讨班; 张伟民 attended 全国科技大会",
    ),
    (  # what is only prepared meets no one
        "5月5日，清远市委常委会会议召开。会议听取清远市人大一次会议筹备情况报告，讨论《清远市规划》。",
        "清远市委常委会会议 speaksOf 清远市规划",
        "清远市人大一次会议 speaksOf 清远市规划",
    ),
    (
        "5月5日，贝珠医院揭牌仪式举行。张伟民、李树青参加活动。",
        "张伟民 attended 贝珠医院揭牌仪式; 李树青 attended 贝珠医院揭牌仪式",
        "",
    ),
    (
        "免去张伟民的清远市财政局局长职务、于树青的清远市民政局局长职务、何立新的清远市水利局局长职务。",
        "张伟民 removedFrom 清远市财政局局长; 于树青 removedFrom 清远市民政局局长; 何立新 removedFrom 清远市水利局局长",
        "张伟民 removedFrom 清远市民政局局长; 于树青 removedFrom 清远市水利局局长",
    ),
    ("县委张伟民书记、李树青副书记到会。", "张伟民 holdsOffice 县委书记", "李树青 holdsOffice 县委书记"),
    (
        "副市长张伟民来访。李树青汇报了工作。张伟民充分肯定了工作。她指出，要实施乡村振兴战略。市长李树青陪同。",
        "张伟民 speaksOf 乡村振兴战略",
        "李树青 speaksOf 乡村振兴战略",
    ),
]

KNOWN = [
    known(
        "代为出席 denies that who stood in was there",
        f"{_HELD}清远市市长李树青请假，清远市副市长何立新代为出席会议。",
        f"何立新 attended {_M}",
        f"李树青 attended {_M}",
    ),
    known(
        "会见了 promises a name",
        f"{_HELD}会前，张伟民会见了李树青。",
        "张伟民 met 李树青",
        "",
    ),
]
CASES = [*ROSTERS, *SIGNING, *PARTICIPATION, *DENIED, *CAREERS, *VISITS, *ADOPTED, *SPEECH, *OCCASIONS, *VISITED]


def listed(facts: str) -> set[str]:
    return {fact.strip() for fact in facts.split(";")} - {""}


@pytest.mark.parametrize(("text", "there", "absent"), [*CASES, *MENDED, *KNOWN])
def test_facts(text: str, there: str, absent: str) -> None:
    found = set(told(facts_of(text, "2021-05-06")))
    assert listed(there) - found == set()
    assert listed(absent) & found == set()


PLANNED = [  # the text, a fact, and whether it is told as done or as planned
    (f"{_M}将于5月8日在清远市举行。", f"{_M} heldOn 2021-05-08", "planned"),
    (f"{_M}将于5月8日在清远市举行。", f"{_M} heldAt 清远市", "planned"),
    (f"{_M}5月5日在清远市举行。", f"{_M} heldOn 2021-05-05", "asserted"),
    ("第三届清远茶文化节将于2021年6月1日在广东清远举行。", "第三届清远茶文化节 heldAt 广东省", "planned"),
    ("清远市委书记张伟民将赴湖州市考察。", "张伟民 visited 湖州市", "planned"),
    (f"{_HELD}广东省军区副司令员何立新少将、市长张伟民出席会议。", f"何立新 attended {_M}", "asserted"),
    ("清远市委书记张伟民赴湖州市考察。", "张伟民 visited 湖州市", "asserted"),
    ("清远市人民政府拟出台《人才新政》。", "清远市人民政府 adopted 人才新政", "planned"),
    ("清远市人民政府将于年内出台《人才新政》。", "清远市人民政府 adopted 人才新政", "planned"),
    ("清远市人民政府出台《人才新政》。", "清远市人民政府 adopted 人才新政", "asserted"),
    # what is announced in one sentence is not in the next, nor in the one before
    (f"{_HELD}下一届将于明年举行。", f"{_M} heldOn 2021-05-05", "asserted"),
    (f"论坛将于年内举行。{_HELD}", f"{_M} heldOn 2021-05-05", "asserted"),
]


@pytest.mark.parametrize(("text", "fact", "modality"), PLANNED)
def test_modality(text: str, fact: str, modality: str) -> None:
    assert {evidence.modality for evidence in told(facts_of(text))[fact]} == {modality}


EVIDENCE = [  # a fact, and words that its evidence quotes
    (
        "上海市委书记张伟民，江苏省委书记何立新出席长三角经济论坛。",
        "张伟民 attended 长三角经济论坛",
        "上海市委书记张伟民，江苏省委书记何立新出席长三角经济论坛",
    ),
    ("江苏省委副书记、省长张伟民出席。", "张伟民 holdsOffice 江苏省省长", "江苏省委副书记、省长张伟民"),
    ("大家认为好。免去张伟民的清远市副市长职务。", "张伟民 removedFrom 清远市副市长", "免去张伟民的清远市副市长"),
    ("張偉民同志出席。國務院印發《長江保護規劃》。", "国务院 adopted 长江保护规划", "國務院印發《長江保護規劃》"),
]


@pytest.mark.parametrize(("text", "fact", "words"), EVIDENCE)
def test_evidence_quotes_the_whole_match(text: str, fact: str, words: str) -> None:
    facts = facts_of(text)
    quoted = [span.of(text) for one in facts.statements if tell(facts, one) == fact
              for evidence in one.evidence for span in evidence.spans]  # fmt: skip
    assert quoted
    assert any(words in one for one in quoted)


QUOTATIONS = [  # the text; each speaker, what is quoted, and what it is about
    (
        "清远市委书记张伟民指出，要实施乡村振兴战略。",
        [("张伟民", "要实施乡村振兴战略。", ["乡村振兴战略"])],
    ),
    (
        f"{_HELD}会议强调，要抓好落实。要加快建设。",
        [(_M, "要抓好落实。", []), (_M, "要加快建设。", [])],
    ),
    ("清远市委书记张伟民出席。", []),
]


@pytest.mark.parametrize(("text", "expected"), QUOTATIONS)
def test_quotations(text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    facts = facts_of(text)
    names = {entity.id: entity.name for entity in facts.entities}
    found = [
        (names[one.speaker], one.span.of(text).lstrip("，：“"), [names[about] for about in one.about])
        for one in facts.quotations
    ]
    assert found == expected


def test_a_quotation_begins_with_its_words() -> None:
    text = "清远市委书记张伟民指出，要实施乡村振兴战略。"
    (quotation,) = facts_of(text).quotations
    assert quotation.span.of(text) == "要实施乡村振兴战略。"


OWN = [  # a file of a user's folder, what it says, a text, and a fact that ours reads there or that only this one reads
    (
        "patterns/own.toml",
        "negated = '未(?!来)'",
        "清远市人民政府没有出台《人才新政》。",
        "清远市人民政府 adopted 人才新政",
    ),
    (
        "patterns/own.toml",
        "signing = '(?P<approve>签批)|勾选'",
        "广东省与湖南省商谈。两省勾选《广湘合作框架协议》。",
        "湖南省 signed 广湘合作框架协议",
    ),
    (
        "tables/numerals.tsv",
        "numeral\tvalue\n双\t2\n",
        "广东省与湖南省商谈。双省签署《广湘合作框架协议》。",
        "湖南省 signed 广湘合作框架协议",
    ),
]


@pytest.mark.parametrize(("path", "written", "text", "fact"), OWN)
def test_patterns_and_tables_of_a_user(tmp_path: Path, path: str, written: str, text: str, fact: str) -> None:
    file = tmp_path / path
    file.parent.mkdir()
    file.write_text(written, encoding="utf-8")
    assert (fact in told(facts_of(text))) != (fact in told(facts_of(text, knowledge=load((tmp_path,)))))


def test_under_a_headline_of_talks_nobody_speaks_at_an_event_named_before() -> None:
    text = f"国务院总理张伟民会见来京出席{_M}的法国总统马丁。\n张伟民介绍了有关情况。"
    fact = f"张伟民 spokeAt {_M}"
    assert fact not in told(facts_of(text, title="张伟民会见法国总统马丁"))
    assert fact in told(facts_of(text))
