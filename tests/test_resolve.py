"""What mentions mean: a case is a text and entities `Type:name` that must come of it; `!` before one that must not."""

import pytest
from extracted import facts_of, known, named, told

OMITTED = [  # what a post leaves out
    ("江苏省委副书记、省长张伟民出席会议。", "Office:江苏省委副书记 Office:江苏省省长 Province:江苏省"),
    ("清远市委书记张伟民出席会议，市长李树青主持会议。", "Office:清远市市长"),
    ("清远市委常委、组织部部长何立新出席。", "Office:清远市委组织部部长"),
    ("清远市委常委、常务副市长何立新出席。", "Office:清远市常务副市长"),
    ("据悉，李树青任清远市委委员、常委、副书记。", "Office:清远市委委员 Office:清远市委常委 Office:清远市委副书记"),
    (
        "广西壮族自治区党委书记何立新、自治区主席周启明出席。",
        "Office:广西壮族自治区党委书记 Office:广西壮族自治区主席",
    ),
    ("水利部部长何立新、副部长周启明出席。", "Office:水利部部长 Office:水利部副部长"),
    # of an area above or below it
    ("清远市委书记何立新调研，省委书记周启明陪同。", "Office:广东省委书记 Province:广东省"),
    ("清远市清新区委书记何立新、区长周启明出席。", "Office:清新区委书记 Office:清新区区长"),
    ("代县峨口镇党委书记何立新、镇长周启明出席。", "Office:峨口镇党委书记 Office:峨口镇镇长"),
    # where only the text around it tells
    ("市委书记何立新到清远市调研。", "Office:清远市委书记"),
    ("县长何立新到代县调研。", "Office:代县县长"),
]
SHORTER = [  # how posts are called whose text says it shorter
    ("代县公安局长何立新到会。", "Office:代县公安局局长"),
    ("代县委常委、宣传部长何立新到会。", "Office:代县委宣传部部长"),
    ("清远市人民政府市长何立新、清新区政府副区长周启明到会。", "Office:清远市市长 Office:清新区副区长"),
    ("县长何立新到会。", "Office:县长"),  # of a county that the text does not name
    ("清远市第一人民医院揭牌，第一人民医院院长何立新到会。", "Office:清远市第一人民医院院长"),
    ("会上，清远市人大常委会主任、大会主席团常务主席何立新讲话。", "!Office:清远市人大常委会常务主席"),
    ("何立新被评为全国优秀县委书记。", "!Office:全国优秀县委书记"),
    ("习近平总书记作出指示。党委书记何立新讲党课。", "!Office:中共中央党委书记"),
    ("中共中央政治局委员、外长何立新邀请新西兰副总理彼得来访。", "!Office:新西兰外长"),
    ("传达市委政法委全会精神以及何立新书记讲话精神。", "!Office:市委政法委书记"),
    (
        "全国人民代表大会常务委员会开会。全国人大常委会委员长何立新、全国人民代表大会常务委员会副委员长周启明到会。",
        "Office:全国人大常委会委员长 Office:全国人大常委会副委员长",
    ),
    ("清远市市长何立新会见远建设党委副书记周启明。", "!Office:清远市远建设党委副书记"),
    ("5月5日，我校2021级新生开学典礼举行。", "Event:2021级新生开学典礼"),
    ("水利部党组召开会议。部党组书记、部长何立新主持。", "Office:水利部党组书记 Office:水利部部长"),
    ("清远开发区党工委书记、管委会主任何立新到会。", "Office:清远开发区管委会主任"),
    ("贝珠集团董事长何立新、清远万观投资董事长周启明发言。", "Office:贝珠集团董事长 !Office:万观投资董事长"),
    ("第二届海岛文化节开幕式举行。何立新出席开幕仪式。", "Event:第二届海岛文化节开幕式 !Event:开幕仪式"),
    ("副省长程渭山到会。程渭山宣布开幕。", "Person:程渭山 !Place:程渭山"),
    ("考察团来清远高新技术开发区考察。", "Place:清远高新技术开发区"),
    ("各部门落实全国水利工作会议部署。", "Event:全国水利工作会议"),
    ("由街道主任和片区长负责。", "!Person:和片"),
    ("市政府主任督学何立新、清远市教育局总督学周启明到会。", "Office:清远市教育局总督学"),
]
LENT = [  # only a body that has such a post lends its name
    (
        "清远市水利学会副理事长何立新主持。大会选举产生新一届理事会，周启明当选为理事长。",
        "Office:清远市水利学会理事长",
    ),
    (
        "清远市体育局局长何立新到会。广东省水利厅召开会议，副厅长周启明出席。",
        "Office:广东省水利厅副厅长 !Office:清远市体育局副厅长",
    ),
    ("清远市委书记何立新调研。院长周启明介绍情况。", "!Office:清远市院长 !Office:清远市委院长"),
    ("何立新不再担任清远市委书记、常委、委员职务。", "Office:清远市委常委 Office:清远市委委员"),
    ("爱尔兰副总理兼外交部长马丁来访。", "Office:爱尔兰外交部长 !Office:外交部部长"),
    ("温家宝总理作出批示。", "Office:国务院总理"),
    # the letter of a country before a ministry, where it can be one country alone
    ("美交通部长汤姆森表示担忧，俄副外长伊万诺夫来访。", "Office:美国交通部长 Office:俄罗斯副外长 !Office:交通部部长"),
    ("据报道，德外交部长施密特表示担忧。", "Office:德国外交部长 Place:德国 !Office:外交部部长"),
    ("访问巴基斯坦期间，他会见了巴总理谢里夫。巴方表示欢迎。", "!Office:巴西总理"),
    ("访问乌克兰期间，乌外交部长库列巴表示欢迎。", "Office:乌克兰外交部长"),
    ("乌外交部长库列巴表示欢迎。", "!Office:乌克兰外交部长 !Office:乌干达外交部长"),
    (
        "远磁集团有限公司原党委副书记、总经理何立新被查。",
        "Office:远磁集团有限公司党委副书记 Office:远磁集团有限公司总经理",
    ),
    ("他是中共青海省第六届委员会委员。", "Office:青海省委委员"),
    (
        "清远市农业科学研究院院长何立新出席。",
        "Office:清远市农业科学研究院院长 Place:清远市 !Organization:清远市农业科学研究院",
    ),
    # a zone, and not the city with which its name begins; the level as the text writes it; 地区 and 地委; units inside
    ("清远高新区管委会主任何立新出席。", "Office:清远高新区管委会主任"),
    ("河口瑶族自治县县委书记何立新出席。", "Office:河口瑶族自治县县委书记"),
    ("哈密地委委员何立新出席。", "Office:哈密地委委员"),
    ("何立新任江津地区行署专员。", "Office:江津地区行署专员 Place:江津地区"),
    ("临沂市市场监管局党组成员、综合执法支队支队长何立新出席。", "Office:临沂市市场监管局综合执法支队支队长"),
    # of the bureau named last
    (
        "调研组走访了杭州市市场监管局，与该局党委委员、副局长何立新座谈。",
        "Office:杭州市市场监管局党委委员 Office:杭州市市场监管局副局长",
    ),
    # of nobody in particular
    ("清远市委书记何立新强调，要选优派强驻村第一书记。", "!Office:清远市委驻村第一书记"),
    ("十名全国政协委员发言。", "!Office:全国政协委员"),
    # which 市 and which 省 the text is about
    ("省委书记何立新出席。习近平总书记在湖南长沙考察。湖北加快发展。湖北省、武汉市推进建设。", "Office:湖北省委书记"),
]
IN_FULL = [  # names of counties with one character, terms, governments, ranks
    ("代县县委书记何立新、县长周启明参加。", "Office:代县县委书记 Office:代县县长 Place:代县"),
    ("代县县长何立新出席。", "Office:代县县长"),
    ("清远市人民政府市长何立新出席。", "Office:清远市市长"),
    ("清远市代理市长何立新出席。", "Office:清远市代市长"),
    ("原清远市委书记何立新出席。", "Office:清远市委书记"),
    ("清远市人民代表大会常务委员会主任何立新出席。", "Office:清远市人大常委会主任"),
    ("第十三届广东省政协主席何立新出席。", "Office:广东省政协主席"),
    ("广东省清远市委书记何立新出席。", "Office:清远市委书记 Place:清远市 Province:广东省"),
    ("国家发展改革委主任何立新出席会议。", "Office:国家发展改革委主任 Organization:国家发展改革委"),
    ("法国总统马克龙抵达北京。", "Office:法国总统 Place:法国 Province:北京市"),
    ("韩国国务总理周启明访华。", "Office:韩国国务总理 Place:韩国"),
    ("越共中央总书记阮富平访华。习近平会见阮富平总书记。", "Office:越共中央总书记 Organization:越共中央"),
    ("中国铁建党委书记、董事长张伟民出席。", "Office:中国铁建党委书记 Office:中国铁建董事长 Organization:中国铁建"),
    ("大河村党支部书记张伟民、村委会主任何立新来了。",
     "Office:大河村党支部书记 Office:大河村村委会主任"),
    ("法国与中国两国关系密切。总统马克莱说。", "Office:法国总统 Place:法国 Place:中国"),
]
RESTORED = [  # posts of bodies that the text names elsewhere, or with longer words
    ("广东省委部署。省委第六巡视组组长何立新出席。", "Office:广东省委第六巡视组组长"),
    (
        "全国人大常委会副委员长、中华全国总工会主席何立新出席。",
        "Office:中华全国总工会主席 Organization:中华全国总工会 !Organization:中华全国总",
    ),
    ("中国科学院院士、清华大学教授何立新发言。", "Office:中国科学院院士 Office:清华大学教授 Organization:中国科学院"),
    ("院士何立新发言。", "!Office:院士"),
    ("教育部副部长何立新、国际合作与交流处处长周启明出席。", "Office:教育部国际合作与交流处处长"),
    ("教育部副部长何立新、国际合作司司长周启明出席。", "Office:教育部国际合作司司长"),
    ("会上，9位政协委员发言。", "!Office:位政协委员"),
    ("清远市委书记何立新，各乡镇党委书记、乡镇长参加。", "!Office:乡镇党委书记 !Office:乡镇长"),
    ("送粥的是附近白沙村的村民何立新。她和村党支部书记周启明一起来。", "Office:白沙村党支部书记 Place:白沙村"),
    ("共青团清远市委书记何立新出席。", "Office:共青团清远市委书记 Place:清远市 !Organization:共青团清远市委"),
    (
        "国务院台湾事务办公室发布消息。国台办主任何立新出席。",
        "Office:国务院台湾事务办公室主任 Organization:国务院台湾事务办公室 !Organization:国台办",
    ),
    ("水利部部长何立新签署《中华人民共和国水利部与清远市人民政府合作协议》。", "Office:水利部部长 Organization:水利部"),
    ("德国社会民主党主席何立新辞职。", "Office:德国社会民主党主席 Organization:德国社会民主党"),
    (
        "青藏高原科学考察指导委员会主任何立新出席。",
        "Organization:青藏高原科学考察指导委员会 !Organization:考察指导委员会",
    ),
    (
        "新疆生产建设兵团召开会议，一三四团团长何立新发言。大家来到一二一团八连。",
        "Office:一三四团团长 Organization:一三四团 Organization:一二一团八连",
    ),
    ("某军分区司令员兼清远支队司令员何立新出席。", "!Office:某军分区司令员兼清远支队司令员"),
    ("清远市召开会议，市财政局、市民政局回应。", "Organization:清远市财政局 Organization:清远市民政局"),
    ("清新区召开会议，区市场监管局进行核查。", "Organization:清新区市场监管局"),
    ("科技部正会同财政部落实。", "Organization:财政部 !Organization:会同财政部"),
]
NAMED_LAST = [  # 该局, 该县: the body or area that the text names last
    (
        "该案由北海市人民检察院提起公诉，该院公诉处处长何立新、检察员周启明出庭。",
        "Office:北海市人民检察院公诉处处长 Office:北海市人民检察院检察员",
    ),
    (
        "大会由北海市中级人民法院副院长何立新主持，该院刑事审判第二庭庭长周启明宣读判决书。",
        "Office:北海市中级人民法院刑事审判第二庭庭长",
    ),
    ("北海市水利局召开会议，该局规划科科长周启明汇报。", "Office:北海市水利局规划科科长"),
    (
        "秦岭理工大学举行典礼。该校化学学院院长周启明主持。",
        "Office:秦岭理工大学化学学院院长 Organization:秦岭理工大学化学学院",
    ),
    ("贝珠光伏有限公司揭牌仪式在北海市举行，该公司董事长何立新致辞。", "Office:贝珠光伏有限公司董事长"),
    ("清新区受灾，该区副区长何立新、该市市长周启明赶到。", "Office:清新区副区长 Office:清远市市长"),
    (
        "沿江镇党委书记何立新蹚着水；该镇东坪村党支部书记周启明、该村村主任李树青带着船。",
        "Office:东坪村党支部书记 Office:东坪村村主任 Place:东坪村",
    ),
    ("该局副局长何立新说。", "!Office:副局长 !Office:该局副局长"),
]
OF_COURTS = [  # chambers and units of courts and procuratorates
    (
        "广东省高级人民法院审判委员会委员、刑事审判第二庭庭长何立新到会。",
        "Office:广东省高级人民法院审判委员会委员 Office:广东省高级人民法院刑事审判第二庭庭长",
    ),
    (
        "免去何立新的广东省高级人民法院民事审判第一庭庭长、审判员职务。",
        "Office:广东省高级人民法院民事审判第一庭庭长 Office:广东省高级人民法院审判员",
    ),
    (
        "北海市中级人民法院刑一庭庭长何立新、审判监督庭副庭长周启明、执行局局长李树青到会。",
        "Office:北海市中级人民法院审判监督庭副庭长 Office:北海市中级人民法院执行局局长",
    ),
    (
        "北海市人民检察院反贪污贿赂局局长何立新、检察员周启明、检察委员会委员李树青到会。",
        "Office:北海市人民检察院检察员 Office:北海市人民检察院检察委员会委员",
    ),
]
DECLARED = [  # posts of bodies and zones that have a short form
    (
        "北海三角洲农业高新技术产业示范区（以下简称北三角农高区）党工委书记何立新、北三角农高区管委会主任周启明到会。",
        "Office:北海三角洲农业高新技术产业示范区党工委书记 Office:北海三角洲农业高新技术产业示范区管委会主任"
        " Place:北海三角洲农业高新技术产业示范区",
    ),
    (
        "北海海洋生态示范区（下称“海洋示范区”）挂牌，海洋示范区加快建设。",
        "Place:北海海洋生态示范区 !Place:海洋示范区",
    ),
    (
        "秦岭农业大学（以下简称秦农大）校长何立新、秦农大农学院院长周启明到会。",
        "Office:秦岭农业大学校长 Office:秦岭农业大学农学院院长 Organization:秦岭农业大学农学院",
    ),
]
OF_THE_PASSAGE = [  # whose bare posts are
    (
        "市委书记何立新深入清新区、清城区调研。\n上午，何立新来到清新区，向清新区委书记周启明了解情况。"
        "清新区加快建设。\n下午，何立新前往清城区，听取区长李树青汇报。",
        "Office:清城区区长 !Office:清新区区长",
    ),
    (
        "黑龙江省领导何立新、周启明，省长助理李树青；福建省领导张伟民、秋实，省政府秘书长佟画到会。",
        "Office:黑龙江省省长助理 Office:福建省政府秘书长",
    ),
    (
        "代县峨口镇西关村下雪了。村妇女主任何立新、驻村工作队队长周启明、村委会主任李树青都在。",
        "Office:西关村妇女主任 Office:西关村驻村工作队队长 Office:西关村村委会主任",
    ),
    ("清远市水利局驻村工作队来到西关村，驻村工作队队长周启明说。", "Office:清远市水利局驻村工作队队长"),
    ("清远市陆泉村党总支书记何立新、村委会主任李树青被查。", "Office:陆泉村村委会主任"),
    ("各村村委会主任何立新等到会。", "!Office:村委会主任"),
    ("中国政府陪同团团长何立新陪同。", "Office:中国政府陪同团团长 Organization:中国政府陪同团"),
]
UNITS = [  # units that a text calls by what they are alone
    (
        "水利部部长何立新访问越南，会见越南教育部部长阮富平。部国际合作司司长周启明、规划计划司副司长李树青陪同。",
        "Office:水利部国际合作司司长 Office:水利部规划计划司副司长",
    ),
    (
        "何立新任广东省水利厅副厅长、党组成员（其间在国家民委挂职，任经济发展司副司长）。",
        "Office:国家民委经济发展司副司长 !Office:广东省经济发展司副司长",
    ),
    ("何立新来到清河工业园区，听取园区管委会主任周启明汇报。", "Office:清河工业园区管委会主任"),
    (
        "何立新来到清远高新区。高新区党工委书记周启明、管委会主任李树青汇报。",
        "Office:清远高新区党工委书记 Office:清远高新区管委会主任",
    ),
    ("广东省妇联主席何立新、团省委书记周启明到会。", "Office:共青团广东省委书记 Province:广东省"),
    (
        "广东省人大常委会副主任、执法检查组组长何立新到会。",
        "Office:广东省人大常委会执法检查组组长 !Office:执法检查组组长",
    ),
    (
        "清远市第一人民医院院长何立新、心内科主任周启明到会，骨科副主任李树青发言。",
        "Office:清远市第一人民医院心内科主任 Office:清远市第一人民医院骨科副主任",
    ),
    (
        "清远市公安局副局长何立新，交警支队支队长周启明，清新分局局长李树青到会。",
        "Office:清远市公安局交警支队支队长 Office:清远市公安局清新分局局长",
    ),
    (
        "省农业农村厅厅长何立新到清远市调研，厅办公室主任周启明参加。",
        "Office:广东省农业农村厅办公室主任 !Organization:省农业农村厅",
    ),
    ("清远市纪委监委派驻第三纪检监察组组长何立新到会。", "Office:清远市纪委监委派驻第三纪检监察组组长 Place:清远市"),
    ("何立新，现任清新区区长，拟任县（市、区）委书记。", "Office:清新区区长 !Office:清新区委书记"),
    ("何立新先后任清远市（原清远县）太平镇副镇长、镇长。", "Office:太平镇副镇长 Office:太平镇镇长"),
    ("清远市委常委何立新，拟任地级市政府副市长人选。", "!Office:清远市地级市政府副市长"),
    ("何立新历任清远县副县长、余姚县委书记。", "Office:清远县副县长 Office:余姚县委书记 Place:清远县 Place:余姚县"),
    ("教务处处长何立新、研究生院院长周启明汇报。", "!Office:教务处研究生院院长"),
    ("东京都知事山口三郎到会，以他为党首的新党成立。", "Office:东京都知事 !Office:东京都党首"),
    ("双溪镇市场监管所所长何立新到会。", "Office:双溪镇市场监管所所长 Place:双溪镇"),
    ("广东省妇联主席令狐蓉、清远市公安局局长安丰年到会。", "Person:令狐蓉 Office:清远市公安局局长 Person:安丰年"),
    (
        "广东省人大常委会副主任、执法检查组组长何立新讲话，省人大社会建设委员会主任委员、执法检查组副组长周启明到会。",
        "Office:广东省人大常委会执法检查组副组长",
    ),
    ("何立新还兼着王基村驻村工作队队长。", "Office:王基村驻村工作队队长 Place:王基村"),
    ("广东省教育考试院副院长何立新到会。", "Office:广东省教育考试院副院长 Province:广东省"),
    ("水利部举行发布会，发言人何立新答问。", "Office:水利部发言人"),
    ("国家民委副主任、中央祝贺团副团长何立新到会。", "Office:中央祝贺团副团长"),
    ("中铁四局党委书记、董事长何立新讲话，总经理周启明主持。", "Office:中铁四局总经理"),
    ("何立新任石家庄炼焦厂厂长，后任五台县抗日民主政府县长。", "Office:石家庄炼焦厂厂长 Office:五台县县长"),
    ("峨口镇市场监管所所长何立新、副所长周启明到会。", "Office:峨口镇市场监管所所长"),
    ("清新区副区长夏侯燕和市农机局局长何立新到会。", "Office:清新区副区长 Office:清远市农机局局长 Person:夏侯燕"),
    ("何立新任清远市大运河文化带建设办公室副主任。", "Office:清远市大运河文化带建设办公室副主任 Place:清远市"),
]
ABROAD = [  # a country is no part of the name that a university has without it
    ("荷兰北荷大学教授何立新到会。", "Office:北荷大学教授 Organization:北荷大学 Place:荷兰"),
    ("德国北山工业大学举行典礼。", "Organization:北山工业大学 Place:德国"),
    ("韩国外国语大学校长何立新到会。", "Office:韩国外国语大学校长 Organization:韩国外国语大学"),
]
OF_ARMIES = [  # an army of an area keeps the name that the text gives it
    ("保山军分区党委第一书记何立新到会。", "Office:保山军分区党委第一书记 Place:保山市"),
    ("保山军分区政委何立新、司令员周启明到会。", "Office:保山军分区政委 Office:保山军分区司令员"),
    ("广西军区政委何立新到会。", "Office:广西军区政委 Province:广西壮族自治区"),
    ("保山市委书记何立新，军分区司令员周启明到会。", "Office:保山市军分区司令员"),
]
OF_THE_POST_BEFORE = [  # whose the second post is
    (
        "广西壮族自治区政协主席何立新，副主席周启明，秘书长李树青到会。",
        "Office:广西壮族自治区政协副主席 Office:广西壮族自治区政协秘书长",
    ),
    ("广西壮族自治区党委书记何立新，副主席周启明到会。", "Office:广西壮族自治区副主席"),
    ("清远市总工会主席何立新、副主席周启明到会。", "Office:清远市总工会副主席"),
    ("何立新任广东省政府副秘书长、办公厅党组成员。", "Office:广东省政府办公厅党组成员"),
    ("清远市委常委、办公室主任何立新到会。", "Office:清远市委办公室主任"),
    ("清远市公路管理局副局长何立新到会。", "Office:清远市公路管理局副局长 Place:清远市 !Place:清远市公路"),
]
FIXED = [  # posts that need no body in the text
    ("习近平总书记强调，要抓好落实。", "Office:中共中央总书记 !Organization:中共中央"),
    ("党中央高度重视，习近平总书记发表讲话。", "Office:中共中央总书记 Organization:中共中央"),
    ("习近平主席会见默克尔。", "Office:国家主席"),
    (
        "中共中央总书记、国家主席、中央军委主席习近平发表讲话。",
        "Office:中共中央总书记 Office:国家主席 Office:中央军委主席",
    ),
]
PLACES = [
    ("张伟民同志在湖州考察。", "Place:湖州市"),
    ("他在辽宁朝阳调研。", "Place:朝阳市 Province:辽宁省 !Place:朝阳区"),
    ("他在北京朝阳调研。", "Place:朝阳区 Province:北京市 !Place:朝阳市"),
    ("沪苏浙皖联合发布清单。", "Province:上海市 Province:江苏省 Province:浙江省 Province:安徽省"),
    (
        "长三角生态绿色一体化发展示范区挂牌。今后，示范区将加快建设。",
        "Place:长三角生态绿色一体化发展示范区 !Place:示范区",
    ),
    ("张伟民同志在吉林调研。", "Province:吉林省 !Place:吉林市"),
    ("張偉民同志在臺灣考察。", "Province:台湾省"),
]
NAMES = [
    # 以下简称
    (
        "远磁新材料股份有限公司（以下简称“远磁股份”）昨日上市，远磁股份表示感谢。",
        "Organization:远磁新材料股份有限公司 !Organization:远磁股份",
    ),
    (
        "远磁新材料股份有限公司（下称“远磁股份”）昨日上市，远磁股份董事长何立新表示感谢。",
        "Office:远磁新材料股份有限公司董事长 !Organization:远磁股份",
    ),
    # bodies without their area
    ("广东省委、省政府召开会议。", "Organization:广东省委 Organization:广东省政府"),
    ("清远市教育局、公安局联合发文。", "Organization:清远市教育局 Organization:清远市公安局"),
    ("广东省委书记何立新说，贵州省委、省政府高度重视。", "Organization:贵州省委 Organization:贵州省政府"),
    ("中共广东省清远市委作出决定。", "Organization:清远市委"),
    ("海南省乐东黎族自治县建设局发布通知。", "Organization:乐东黎族自治县建设局"),
    # 会议 and 论坛 → what they are; the fullest form
    ("清远市农村工作会议5月5日召开。会议指出，要抓好落实。", "Event:清远市农村工作会议 !Event:会议"),
    ("第三届清远茶业论坛5月5日举行。论坛上，代表热议。", "Event:第三届清远茶业论坛 !Event:论坛"),
    # 《规划纲要》 → the plan
    (
        "会议审议了《长江三角洲区域一体化发展规划纲要》。何立新同志指出，要落实《规划纲要》。",
        "Document:长江三角洲区域一体化发展规划纲要 !Document:规划纲要",
    ),
    # forms of one initiative
    ("实施乡村振兴战略。全面推进乡村振兴，抓好落实。", "Initiative:乡村振兴战略 !Initiative:乡村振兴"),
    ("推进“最多跑一次”改革。“最多跑一次”改革成效显著。", "Initiative:最多跑一次改革"),
    ("践行绿水青山就是金山银山的理念。", "Initiative:绿水青山就是金山银山理念"),
    ("全面推进乡村振兴。高质量共建“一带一路”。", "Initiative:乡村振兴 Initiative:一带一路"),
    ("推动中欧投资协定谈判。希望欧中投资协定早日达成。", "Document:中欧投资协定 !Document:欧中投资协定"),
    # persons
    ("任命向 前为清远市副市长。", "Person:向前"),
    ("阿里木江·买买提表示，要抓好落实。", "Person:阿里木江·买买提"),
]
# Once wrong.
MENDED = [
    ("会议在广西桂林召开，云南昭通的代表出席。", "Province:广西壮族自治区 Place:桂林市 Province:云南省 Place:昭通市"),
    ("国务院总理何立新、副总理周启明出席。", "Office:国务院总理 Office:国务院副总理"),
    (
        "《甲县规划纲要》和《乙县规划纲要》先后印发。要落实《规划纲要》。",
        "Document:甲县规划纲要 Document:乙县规划纲要 Document:规划纲要",
    ),
    ("清远市农村工作会议5月5日召开。市长李树青出席会议。", "Office:清远市市长"),
]

KNOWN = [
    known("a village that no table has", "西关村党支部书记何立新出席。", "Office:西关村党支部书记"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        *OMITTED, *SHORTER, *LENT, *IN_FULL, *RESTORED, *NAMED_LAST, *OF_COURTS, *DECLARED, *OF_ARMIES, *ABROAD,
        *UNITS, *OF_THE_PASSAGE, *OF_THE_POST_BEFORE, *FIXED, *PLACES, *NAMES, *MENDED, *KNOWN,
    ],
)
def test_entities(text: str, expected: str) -> None:
    found = named(facts_of(text))
    wanted = {one for one in expected.split() if not one.startswith("!")}
    assert wanted - found == set()
    assert {one[1:] for one in expected.split() if one.startswith("!")} & found == set()


ALIASES = [
    ("上海市委书记张伟民在沪出席会议。", "上海市", "沪"),
    ("代县县长何立新出席。", "代县", ""),
    ("习近平总书记强调，要抓好落实。", "中共中央总书记", "总书记"),
    ("江苏省委副书记、省长张伟民出席会议。", "江苏省省长", "省长"),
    ("落实《规划》。", "规划", ""),
    ("远磁新材料股份有限公司（以下简称“远磁股份”）上市。", "远磁新材料股份有限公司", "远磁股份"),
]


LOCATED = [
    ("马六甲州位于马来西亚。", "马六甲州 in 马来西亚"),
    ("张伟民在马尼拉会见菲律宾总统。", "马尼拉 in 菲律宾"),
    ("亚洲国家中有日本。", ""),  # a country is put into no continent
    ("黄河流域下游有黄海港口。", ""),
    ("青海省玉树市仲达乡巴塘村受灾。", "仲达乡 in 玉树市; 巴塘村 in 仲达乡; 玉树市 in 青海省"),
    ("大家在马赛机场集合。", "马赛机场 in 马赛"),
    # where a sentence plays, 该县的, what lies in a village that stands in the name
    ("在浙江宁波，大家走进清河抗战纪念馆。", "清河抗战纪念馆 in 宁波市; 宁波市 in 浙江省"),
    ("张伟民来到淅川县，考察了清河国家湿地公园。", "清河国家湿地公园 in 淅川县"),
    ("张伟民先后来到淅川县、邓州市，考察了清河国家湿地公园。", ""),
    ("张伟民走进淅川县，说起该县的清河水库。", "清河水库 in 淅川县"),
    ("大家察看了沅陵镇太常村码头。", "太常村码头 in 太常村; 太常村 in 沅陵镇"),
    ("公路东至丹东市境内的虎山长城。", "虎山长城 in 丹东市"),
    ("大家乘坐连接湖州与嘉兴的湖嘉高铁。", ""),
    # the province of a body, 我省
    ("江西省委部署防汛。赣州市启动应急响应。", "赣州市 in 江西省"),
    ("江西省委部署防汛。", ""),
    ("赣州市启动应急响应。当前我省水位上涨。", "赣州市 in 江西省"),
    ("偃师市翟镇镇出土文物。", "翟镇镇 in 偃师市"),  # the city of then is the 偃师区 of today
]


@pytest.mark.parametrize(("text", "expected"), LOCATED)
def test_what_lies_in_what(text: str, expected: str) -> None:
    facts = facts_of(text)
    names = {entity.id: entity.name for entity in facts.entities}
    found = {f"{names[s.subject]} in {names[str(s.object)]}" for s in facts.statements if s.predicate == "locatedIn"}
    assert found == {one for one in expected.split("; ") if one}


FORMER = [("2010-03-01", "玉环县"), ("2020-03-01", "玉环市"), ("", "玉环市")]


@pytest.mark.parametrize(("published", "name"), FORMER)
def test_a_short_name_means_the_division_of_its_year(published: str, name: str) -> None:
    assert f"Place:{name}" in named(facts_of("张伟民到台州市玉环调研。", published))


@pytest.mark.parametrize(("text", "name", "aliases"), ALIASES)
def test_aliases_are_the_other_forms_of_the_text(text: str, name: str, aliases: str) -> None:
    (entity,) = [one for one in facts_of(text).entities if one.name == name]
    assert " ".join(entity.aliases) == aliases


def test_the_title_tells_what_the_text_leaves_out() -> None:
    assert "Office:清远市市长" in named(facts_of("市长何立新出席。", title="清远市推进项目建设"))
    text = "市长何立新主持。会议通过《清远市规划》，清远市清新区发言。"
    assert "Office:清远市市长" in named(facts_of(text, title="市政府召开会议 研究居民迁建安全生产"))  # no 建安区


def test_the_school_of_the_title_is_meant_where_the_sentence_names_no_other() -> None:
    text = "大会由校党委书记何立新主持。厦门大学副校长周启明发言。副校长李树青出席。"
    found = named(facts_of(text, title="中国海洋大学举行庆祝大会"))
    assert {"Office:中国海洋大学党委书记", "Office:厦门大学副校长", "Office:中国海洋大学副校长"} <= found
    assert "Office:清远市市长" not in named(facts_of("市长何立新出席。"))


@pytest.mark.parametrize(
    ("title", "text", "holds"),
    [
        (
            "清远市举行茶产业签约仪式",
            "5月5日，清远市茶产业签约仪式在清远市举行。",
            "清远市茶产业签约仪式 organizedBy 清远市",
        ),
        ("我市召开防汛调度会", "5月5日，清远市防汛调度会召开。", "清远市防汛调度会 organizedBy 清远市"),
        ("清远市举行茶产业签约仪式", "5月5日，清远市农村工作会议在清远市召开。", ""),
    ],
)
def test_the_title_tells_who_held_the_event(title: str, text: str, holds: str) -> None:
    found = {one for one in told(facts_of(text, title=title)) if "organizedBy" in one}
    assert found == {one for one in [holds] if one}


def test_the_same_name_is_one_entity() -> None:
    facts = facts_of("清远市委书记张伟民出席。张伟民强调，要抓好落实。张伟民指出，要加快建设。")
    people = [reading for reading in facts.readings if reading.mention.type == "Person"]
    assert len(people) == 3
    assert len({reading.entity for reading in people}) == 1
