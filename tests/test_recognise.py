"""What stands where: each case is a text with its mentions in the notation `[上海市委书记|Office][张伟民|Person]出席`.

Persons are invented. Dates are left out: see test_dates.
"""

from itertools import pairwise

import pytest
from extracted import KNOWLEDGE, known, mark, plain
from facts import write

from kg.recognise import recognise, select
from kg.segment import segment

ROSTERS = [
    "[清远市第八届人民代表大会第一次会议|Event]选举产生了[清远市人大常委会主任|Office]、[副主任|Office]：\n"
    "[主　任|Office]：[何立新|Person]\n[副主任|Office]：[辛学礼|Person]　[权　海|Person]　[呼延静|Person]（女）",
    "[委　员|Office]（按姓氏笔划排列）：\n[卜晓峰|Person]　[王　岚|Person]（女）　[文　斌|Person]\n"
    "[李双全|Person]、[杨　柳|Person]",
    "[卜晓峰|Person]　[王　岚|Person]　[文　斌|Person]",
    # no rosters: two columns of other things, a line of a story, a label that is no post
    "春耕　秋收　高产",
    "卜晓峰　王岚",
    "地　点：[张家口|Place]　李家沱　[王家坝|Place]",
]

POSTS = [
    # of the Party, of governments, of congresses and conferences
    "[上海市委书记|Office][张伟民|Person]出席[会议|Event]。",
    "[广东省委常委|Office][张伟民|Person]出席。",
    "[清远市人大常委会主任|Office][郑怀远|Person]出席。",
    "[清远市政协主席|Office][何立新|Person]出席。",
    "[政协清远市委员会主席|Office][何立新|Person]出席。",
    "[政协清远市第八届委员会主席|Office][何立新|Person]出席。",
    "[清远市监委主任|Office][何立新|Person]致辞。",
    "[清远市纪委书记|Office][何立新|Person]致辞。",
    "[广东省清远市委书记|Office][何立新|Person]出席。",
    "[广西壮族自治区主席|Office][何立新|Person]出席。",
    "[延边朝鲜族自治州州长|Office][何立新|Person]出席。",
    "[锡林郭勒盟盟长|Office][那日松|Person]出席。",
    "[香港特别行政区行政长官|Office][何立新|Person]出席。",
    "[代县县委书记|Office][何立新|Person]调研。",
    "[峨口镇党委书记|Office][何立新|Person]出席。",
    "[省委书记|Office][何立新|Person]调研。",
    "[国务院总理|Office][李克明|Person]出席。",
    "[中央政治局委员|Office]、[国务院副总理|Office][何立新|Person]出席。",
    "[中共中央总书记|Office]、[国家主席|Office]、[中央军委主席|Office][习近平|Person]发表讲话。",
    # several at once
    "[清远市委副书记|Office]、[市长|Office][李树青|Person]主持[会议|Event]。",
    "[清远市委常委|Office]、[宣传部部长|Office][何立新|Person]陪同。",
    "[清远市委常委|Office]、[秘书长|Office][何立新|Person]陪同。",
    "[清远市委书记|Office]、[市人大常委会主任|Office][何立新|Person]出席。",
    "[清远市副市长|Office]、[市公安局局长|Office][何立新|Person]介绍情况。",
    # executive, acting, former
    "[清远市委常委|Office]、[常务副市长|Office][周启明|Person]陪同调研。",
    "[清远市代市长|Office][周启明|Person]作报告。",
    "[清远市代理市长|Office][周启明|Person]作报告。",
    "[清远市原市长|Office][郑怀远|Person]出席。",
    "原[清远市委书记|Office][郑怀远|Person]到场。",
    "时任[清远市委书记|Office][郑怀远|Person]提出建议。",
    # before nobody's name
    "接受[何立新|Person]辞去[清远市市长|Office]职务。",
    # of bodies and of units inside them
    "[水利部部长|Office][何立新|Person]致辞。",
    "[坦桑尼亚外交与东非合作部部长|Office][何立新|Person]致辞。",
    "[国家开发银行四川省分行行长|Office][何立新|Person]致辞。",
    "研究部署长江保护，[广东|Province]、[浙江|Province]两省长期支援。",
    "[贡井区长土镇党委书记|Office][何立新|Person]致辞。",
    "与[公司董事长|Office][何立新|Person]座谈。",
    "[首都区域经济研究院院长|Office][何立新|Person]致辞。",
    "[国家发展改革委副主任|Office][丛明|Person]介绍情况。",
    "[中国人民银行行长|Office][何立新|Person]发言。",
    "[新华社社长|Office][何立新|Person]致辞。",
    "[清华大学校长|Office][何立新|Person]致辞。",
    "[中国科学院院长|Office][何立新|Person]致辞。",
    "[外交部发言人|Office][何立新|Person]表示，中方反对。",
    "[远磁新材料股份有限公司董事长|Office][何立新|Person]参观展厅。",
    "[清远市水利局局长|Office][何立新|Person]介绍情况。",
    "[清远市教育局副局长|Office][何立新|Person]介绍情况。",
    "[清远市委组织部部长|Office][何立新|Person]宣布任命。",
    "[清远市委政法委书记|Office][何立新|Person]致辞。",
    "[清远市委党校常务副校长|Office][何立新|Person]出席。",
    "[水利部水旱灾害防御司司长|Office][何立新|Person]答记者问。",
    "[最高人民法院环境资源审判庭庭长|Office][何立新|Person]出席。",
    "[清远市中级人民法院院长|Office][何立新|Person]出席。",
    "[广东省政府秘书长|Office][何立新|Person]主持[会议|Event]。",
    # of zones
    "[清远高新技术产业开发区管委会主任|Office][何立新|Person]致辞。",
    "[苏州工业园区党工委书记|Office][何立新|Person]致辞。",
    "[上海市浦东新区区长|Office][何立新|Person]出席。",
    # abroad
    "[法国总统|Office][马克龙|Person]抵达[北京|Province]。",
    "[德国总理|Office][默克尔|Person]访华。",
    "[越南国家主席|Office][阮春福|Person]访华。",
    "[中国驻柬埔寨大使|Office][何立新|Person]出席[仪式|Event]。",
    "[联合国秘书长|Office][古特雷斯|Person]发表讲话。",
    "[清远市市长|Office]兼[清远高新区管委会主任|Office][何立新|Person]出席。",
]

NAMES = [
    # after a post, before a title, before 同志, in brackets
    "[清远市委书记|Office][张伟民|Person]在[清城区|Place]调研时强调，要抓好落实。",
    "[习近平|Person][总书记|Office]强调，要抓好落实。",
    "[张伟民|Person]同志出席[会议|Event]。",
    "[何立新|Person]女士表示感谢。",
    "任命[张伟民|Person]为[清远市副市长|Office]。",
    "由[何立新|Person]主持[会议|Event]。",
    # that are words
    "[清远市委书记|Office][高明|Person]指出，要抓好落实。",
    "[清远市市长|Office][成功|Person]表示，要加快建设。",
    "[清远市委书记|Office][万里|Person]、[市长|Office][向前|Person]出席[会议|Event]。",
    "[清远市委书记|Office][安康|Person]出席[会议|Event]。",
    "[清远市委书记|Office][方向|Person]强调，要抓好落实。",
    "[清远市市长|Office][邓和|Person]出席。",
    # of four characters, and with surnames of two
    "[清远市委书记|Office][欧阳文|Person]出席。",
    "[清远市委书记|Office][欧阳明德|Person]出席。",
    "[清远市市长|Office][司马光明|Person]出席。",
    "[清远市市长|Office][上官云|Person]出席。",
    "[清远市委书记|Office][林郑月娥|Person]出席。",
    # of minorities, with and without the dot
    "[阿里木江·买买提|Person]表示，要加快建设。",
    "[新疆维吾尔自治区主席|Office][艾尔肯·吐尼亚孜|Person]主持[会议|Event]。",
    "[新疆维吾尔自治区主席|Office][雪克来提•扎克尔|Person]讲话。",
    "[西藏自治区副主席|Office][普布次仁|Person]出席。",
    "[内蒙古自治区副主席|Office][巴特尔|Person]出席。",
    "[西藏自治区副主席|Office][索朗旺堆|Person]出席。",
    "[内蒙古自治区副主席|Office][那顺巴雅尔|Person]作动员讲话。",
    "[内蒙古自治区副主席|Office][乌兰巴特|Person]讲话。",
    # transliterated
    "[欧盟委员会主席|Office][冯德莱恩|Person]出席。",
    "[美国国务卿|Office][布林肯|Person]表示关切。",
    # known by his last name alone, wherever it stands
    "[匈牙利总统|Office][伊姆雷·霍尔瓦|Person]来访。热烈欢迎[霍尔瓦|Person][总统|Office]访华。[国务院总理|Office][何立新|Person]会见[霍尔瓦|Person]时说，好。",
    "[特斯拉公司首席执行官|Office][埃隆·马斯克|Person]到访[上海|Province]。",
    "[日本首相|Office][安倍晋三|Person]访华。",
    # set with a space
    "[清远市委书记|Office][高 明|Person]、[市长|Office][李树青|Person]出席。",
    "任命[张　帆|Person]、[刘 波|Person]为[清远市副市长|Office]。",
    # in lists
    "[王沪明|Person]、[范长岭|Person]、[孟建新|Person]等出席。",
    "[清远市副市长|Office][何立新|Person]、[周启明|Person]、[郑怀远|Person]参加。",
    "[清远市委书记|Office][张明|Person]与[市长|Office][李明|Person]会谈。",
    # carried through the text
    "[清远市委书记|Office][高明|Person]出席。[高明|Person]指出，问题要高明地解决。",
    # reporters and words are none
    "（记者 王小明 李大伟）",
    "本报记者 王小明 摄",
    "本报清远5月6日讯（记者 王小明）[清远市委书记|Office][张伟民|Person]出席[会议|Event]。",
    "编辑：王小明",
    "何况如此，高度重视，万众一心。",
    "安全生产，金融稳定，成功举办。",
    "相关单位代表及群众代表参加。",
]

PLACES = [
    # by short names that several have, or that are words
    "他先后到[辽宁|Province][朝阳|Place]、[北京|Province][朝阳区|Place]调研。",
    "群众生活安定，社会安康。",
    "和平发展深入人心，前景光明。",
    "[沪|Province][苏|Province][浙|Province][皖|Province]四地联合发布清单。",
    "[雄安新区|Place]昨日挂牌。",
    "产品销往[德国|Place]、[法国|Place]和[南非|Place]。",
    # townships and villages after their county
    "大家在[代县|Place][上馆镇|Place][西关村|Place]看了大棚。",
    "[讷河市|Place][百路村|Place]喜获丰收。",
    "大家走进[清水村|Place]看了大棚，走访[四川|Province][绵阳|Place][石头村|Place]，帮扶贫困村。",
    # abroad, after the country; never inside a longer name
    "[也门|Place]北部[萨达省|Place]遭空袭，据[法国|Place]媒体报道。",
    "[波兰|Place][格但斯克市|Place]派员参加。",
    "[朝鲜|Place][黄海南道|Place]受灾。",
    "客机飞往格罗兹尼。",
    # a town keeps what is built in it, a village stands after it
    "考察[永乐镇鱼酱产业园|Place]、[织里镇|Place][漾西社区|Place]。",
    "走访[东风农贸市场|Place]。",
    "当前[我省|Province]水位上涨，我省察自身。",
    # short names beside others of their area, in a text that names the area above
    "支持[石嘴山|Place]、[吴忠|Place]转型，而吴忠诚。",
    "他来自[扬州市|Place]，回到老家[高邮|Place]。",
    "苏日图（蒙古族）来自[蒙古国|Place]。",
    # the station of a city
    "他考察了[林芝站|Place]。",
    "来到[衢宁铁路林芝站|Place]建设工地。",
    "察看了[平田收费站|Place]，在[燕泉市场|Place]询问菜价，要开拓[欧洲|Place]市场。",
    "管制路段：[建设中路|Place]、[沿河东路|Place]及[316国道|Place]。",
    "队员下沉到[敦煌路街道|Place]。",
    "走访[浦源镇|Place][鲤鱼溪景区|Place]。",
    "考察[兰州新区|Place][中川园区|Place]。",
    "来到[七步镇|Place][后洋村|Place]。",
    "来到[东风公园|Place]项目现场，查看[石湾储能材料项目|Place]建设现场。",
    "他沿着盘山公路上山，[宁德|Place]山区群众盼路，这里是高山峡谷。",
    # full names that are words, names that join two words
    "[阳泉市|Place][矿区|Place]昨日挂牌，要复垦废弃矿区，改善城区交通。",
    "6个沿海城市联合发布。",
    # zones, venues, nature, works
    "考察[冰湖国家滑雪中心|Place]、[清河古城|Place]。",
    "[长三角生态绿色一体化发展示范区|Place]挂牌成立。",
    "[中国（上海）自由贸易试验区|Place]挂牌。",
    "[清远高新技术产业开发区|Place]昨日揭牌。",
    "[会议|Event]在[清远市国际会展中心|Place]举行。",
    "[论坛|Event]在[上海国际会议中心|Place]举行。",
    "[座谈会|Event]在[北京|Province][人民大会堂|Place]举行。",
    "[滨江文化公园|Place]昨日开园。",
    "他在[延吉市|Place]的[白山大厦|Place]下榻。",
    "他走进[瑞士|Place]小镇[达沃斯|Place]。",
    "他走进[同里古镇|Place]。",
    "[洞庭湖|Place]水位上涨。",
    "[港珠澳大桥|Place]通车。",
]

ORGANIZATIONS = [
    "应[清远茶业集团有限公司|Organization]邀请，代表们到场。",
    # 政局 is no body
    "[清远市|Place]的政局。[清远市财政局|Organization]、[市民政局|Organization]、[清远市邮政局|Organization]发布通知。",
    # units of bodies and armies, and those sent abroad
    "[浙江大学继续教育学院|Organization]发布通知。",
    "[农业部渔业局|Organization]发布通知。",
    "[最高人民法院环境资源审判庭|Organization]发布通知。",
    "他曾在[八路军第一二九师第三八五旅政治部|Organization]工作。",
    "[西藏山南军分区边防某团|Organization]守护着边境。",
    "[陆军第14集团军|Organization]赶赴灾区。",
    "为[中国第十五批赴黎巴嫩维和部队|Organization]送行。",
    # of an area for which 省 or 县 stands, whatever they are called
    "走访了[县困难职工帮扶中心|Organization]。",
    "[自治州文化体育广播电视和旅游局|Organization]发布通知。",
    "[省田径队|Organization]夺冠。",
    # of foreign countries
    "[伊朗国防部|Organization]发布消息。",
    "[尼泊尔警方|Organization]发布消息。",
    "[津巴布韦选举委员会|Organization]发布消息。",
    # words around them, which jieba may join to the level
    "由[县安委会办公室|Organization]牵头。",
    "考察团来到[三明市第一中学|Organization]。",
    "发展思路是[省委|Organization]着眼全省发展大局提出的。",
    "[重庆市公安局|Organization]和[区委|Organization]领导到会。",
    "全省交通部门全力以赴，总参与人数再创新高。",
    "风险由企业和政府兜着。",
    "推动[光明手工合作社|Organization]走出大山，带动41个合作社。",
    "[中共中央|Organization]、[国务院|Organization]印发通知。",
    "[国家发展改革委|Organization]和[财政部|Organization]联合发文。",
    "[广东省委|Organization]、[省政府|Organization]召开[会议|Event]。",
    "[清远市人民政府|Organization]同意上述意见。",
    "[清远市公安局|Organization]发布通报。",
    "[清远市委组织部|Organization]有关负责人出席。",
    "[清远市中级人民法院|Organization]开庭审理。",
    "[清远市第一人民医院|Organization]开诊。",
    "[全国人大常委会|Organization]通过决定。",
    "[中国石油天然气集团有限公司|Organization]投资建厂。",
    "[中国残疾人联合会|Organization]表示慰问。",
    "[世界卫生组织|Organization]表示欢迎。",
    "[远磁新材料股份有限公司|Organization]（以下简称“[远磁股份|Organization]”）昨日上市，[远磁股份|Organization]表示感谢。",
    "该公司表示，有关部门和单位要抓好落实。",
]

EVENTS = [
    "[2020年度长三角地区主要领导座谈会|Event]在[湖州|Place]召开。",
    "[清远市农村工作会议|Event]在[京|Province]召开。",
    "[清远市委常委会会议|Event]昨日召开。",
    "12位代表作大会发言。",
    "[2022年世界人工智能大会|Event]开幕。",
    "[全国两会|Event]期间，代表们热议。",
    "深入贯彻[中央经济工作会议|Event]精神。",
    "[中共中央政治局|Organization]昨日召开[会议|Event]。",
    # what its clause says names it; one with two names; a quotation that is its name
    "5月5日上午，[清远市委第二巡察组向清远市水利局反馈巡察情况会议|Event]召开。",
    "[清远茶业科技工程启动会暨专家委员会第一次会议|Event]召开。",
    "[清远市|Place]举行“[高质量发展清远茶业主题新闻发布会|Event]”。",
    "[清远市|Place]举行[县委书记接访日活动|Event]。",
    # a place of contests, a course once taken, a pun on an event
    "[清远市|Place]建成三个竞赛场馆，保障赛事。",
    # numbered sessions
    "[常德市第八届人民代表大会常务委员会第十二次会议|Event]闭幕。",
    "[清远市第七届人民代表大会第三次会议|Event]开幕。",
    "[十四届全国人大一次会议|Event]在[北京|Province]开幕。",
    "[第三届中国国际进口博览会|Event]在[上海|Province]举行。",
    # of the Party, in lists
    "[党的十九大|Event]、[十九届二中全会|Event]、[三中全会|Event]提出要求。",
    "[党的二十届三中全会|Event]提出要求。",
    # ceremonies
    "[清远港开工仪式|Event]昨日举行。",
    # what stands before the name and governs it
    "报告稿提请[十四届全国人大常委会第十次会议|Event]审议。",
    "项目参照[世界技能大赛|Event]设置。",
    "愿支持[中国|Place]办好[2022年清远茶文化节|Event]。",
    "要继续发挥[清远茶文化论坛|Event]的作用。",
    "照片为本届[清远茶文化节|Event]现场。",
    "学习贯彻重要指示和[中央政治局常委会会议|Event]精神。",
    "落实好[中非合作论坛约翰内斯堡峰会|Event]成果。",
    "更正：1．[会议|Event]召开时间有误。",
    # several of a kind, and any of one
    "期间另设20场分论坛、12个竞赛。",
    "他出席了当地一个经济论坛。",
    "[津甘东西部协作和对口支援工作座谈会|Event]昨日召开。",
    "[石江、白岭、青溪三乡镇基层治理座谈会|Event]昨日召开。",
    "[2021年北京通州区与廊坊北三县项目推介洽谈会|Event]昨日举行。",
    # with a country of one character, a title, a long quotation inside
    "[中俄建交65周年招待会|Event]昨日举行。",
    "[《清远湿地公约》第三次缔约方大会|Event]昨日举行。",
    "[“坚定信心、凝聚共识，推动粤北乡村产业高质量发展迈上新台阶”专题协商会|Event]昨日召开。",
    "昨日举行了[清远市“七一”重要讲话精神宣讲会|Event]。",
    # named by who meets, with the day and the kind between
    "[清远市委|Organization]5月4日召开常委会扩大[会议|Event]。",
    "[下届论坛|Event]将在[佛山|Place]举行。",
    "[第五届清远茶文化节开幕式|Event]在[清远市|Place]举行。",
    "[新闻发布会|Event]上，[何立新|Person]介绍情况。",
    "在[《广清合作框架协议》签署仪式|Event]上致辞。",
    "[江苏省省长办公会议|Event]昨日召开。",
    # none
    "他说，大会堂灯火通明。",
    "[韩国国会议长|Office]昨日抵达。",
]

DOCUMENTS = [
    "[会议|Event]审议了[《清远市“十四五”规划纲要》|Document]。",
    "[《长江保护法》|Document]、[《黄河保护法》|Document]先后施行。",
    "[会議|Event]審議了[〈清遠市規劃〉|Document]。",
    # nested: the outermost
    "印发[《关于学习贯彻《民法典》的通知》|Document]。",
    "印发[《关于学习贯彻〈民法典〉的通知》|Document]。",
    # without the marks
    "[会议|Event]审议了[长三角一体化发展2020年度工作计划|Document]。",
    "落实[清远市“十四五”规划|Document]。",
    "[市长|Office]说，完全赞成[政府工作报告|Document]。",
    "呼吁延长[中韩自贸协定|Document]。盘活空间将成未来城市规划重点。",
    "学习[《职业教育实施方案》|Document]（以下简称[“职教30条”|Document]），落实[“职教30条”|Document]。",
    "编制实施[示范区和先行启动区国土空间规划|Document]，开展[新一轮三年行动计划|Document]研究编制工作。",
    "还出台了很多暖心办法，合唱团唱了两首歌，一首是《学习青山好榜样》，一首是孩子们填词的《江边的家》。",
    # a zone is a place, in a row or where it is named without 建设
    "[滨海绿色一体化发展示范区|Place]挂牌。深化[滨海绿色一体化发展示范区|Place]建设。",
    "深化大学大院大所合作，推进创新总部基地等工程建设。",
    "[会议|Event]听取了[政府工作报告|Document]，研究[国家“十四五”规划纲要|Document]。",
    "介绍了经济社会发展情况和[“十二五”规划|Document]，抓紧编制[“十五”计划|Document]。",
    "有媒体称中方退出[南海行为准则|Document]磋商。",
    "双方将借力[中韩自贸协定|Document]签署的东风。",
    "起草[外籍船员执业管理办法|Document]，签署[环渤海支线合作协议|Document]。",
    "[会议|Event]表决通过了[关于修改《中华人民共和国煤炭法》的决定|Document]。",
    # none: films, songs, programmes, articles, and whatever stands in a row with them
    "电影《青山》《无名》、《深海》票房已超20亿元。",
    "综合频道今晚播出《一路回家》。大家正在谈论《一路回家》。",
    "今天播出的人民日报评论员文章《加快发展》指出，要抓落实。",
    "《茶乡会议在清远召开》一文有误。",
    # none: papers, common nouns, heads that are verbs
    "[韩国|Place]13日报告新增病例，双方达成停火协议。",
    "《人民日报》刊发评论员文章。",
    "双方签订了一份合作协议。",
    "制定整改方案，明确工作计划。",
]

INITIATIVES = [
    # in marks, with a head or after a verb of policy
    "推进[“最多跑一次”改革|Initiative]。",
    "践行[“两山”理念|Initiative]。",
    "实施[“百千万工程”|Initiative]。",
    "坚持[“八八战略”|Initiative]。",
    "共建[“一带一路”|Initiative]。",
    "落实[“三线一单”|Initiative]制度。",
    "推進[「最多跑一次」改革|Initiative]。",
    # by head alone
    "实施[乡村振兴战略|Initiative]。",
    "打好[污染防治攻坚战|Initiative]。",
    "实施[清源净水三年行动|Initiative]。",
    "贯彻[习近平生态文明思想|Initiative]。",
    "坚持[新发展理念|Initiative]，构建[新发展格局|Initiative]。",
    # what is done with a region
    "推进[京津冀协同发展|Initiative]。",
    "推进[粤港澳大湾区建设|Initiative]。",
    "推动[长三角一体化发展|Initiative]。",
    "贯彻关于[乡村振兴|Initiative]的论述，推动[昌九一体化|Initiative]。",
    "推进[乌梁素海综合治理|Initiative]和[健康安徽建设|Initiative]。",
    "构建更加紧密的[中古命运共同体|Initiative]。",
    # where the name begins
    "区域联动打好[青山碧海保卫战|Initiative]，紧紧围绕[沿黄经济区建设|Initiative]。",
    "要用好[西部陆海新通道|Initiative]，看好[西部陆海新通道|Initiative]的前景。",
    "扎实推进[国家农村文明试验区建设|Initiative]。",
    "加快[青黄世界级文化旅游廊道|Initiative]建设。",
    "融入[21世纪海上丝绸之路核心区建设|Initiative]。",
    "推进[“西电东送”重点工程|Initiative][白石滩供水工程|Initiative]，还有[白石滩二期工程|Initiative]。",
    # marks inside, or a name that goes on after them
    "学习[“三个代表”重要思想|Initiative]，落实[长江“十年禁渔”|Initiative]。",
    "我们搞的是[“551+”产业帮扶模式|Initiative]。",
    "把[“滇货出山”|Initiative]的路子越走越宽，坚持[“以水定城”|Initiative]。",
    "作出建设[“海上青山”|Initiative]的战略部署，把[“三绿”工程|Initiative]建设成屏障。",
    "提出了[“弱鸟先飞”|Initiative]等一系列重要理念，开展[“净水”专项行动|Initiative]。",
    "按照[“党政同责、一岗双责”|Initiative]的要求，牢牢把握[“一点三地”|Initiative]全新定位。",
    "“舒云号”计划到访多个港口，以“敢打市场牌”部署振兴。",
    "以最优服务让企业“留得下、长得大”，推动“大洋铁路”等重大项目。",
    "学习“7·26”重要讲话精神，构建起“内容IP化、场景多元化”的消费环境。",
    "在国际竞争中赢得战略主动，右岸757公里生态廊道贯通，对外开放大通道加快建设。",
    "有关举措和倡议契合需要，主题为“欢乐山水 美丽家园”，以实绩检验学习教育成效。",
    "开展一系列生态治理工程，高度赞赏中方一系列重大倡议。",
    # none
    "推动高质量发展，深化改革开放。",
    "他高喊“加油”，全场沸腾。",
    "保持全方位战略协作，深化两国全面战略合作。",
    "官兵紧急行动，呼吁国际社会采取果断行动。",
    "推进[世界贸易组织|Organization]改革，深化经济体制改革。",
    "着力反“四风”，打通“断头路”，不搞“晒太阳工程”。",
    "军事训练摆在战略位置，这是重点控制性工程。",
    "[亚洲|Place]振兴离不开[欧洲|Place]一体化，同周边国家建设命运共同体。",
    "抢抓冬季施工“黄金期”，实行“一票否决”。",
]

# Once wrong.
MENDED = [
    "[美国总统|Office]国家安全事务助理赖斯说，双方有共识。",
    "老师带着同学们来到展览馆。",
    "建立由[民政部|Organization]牵头的养老服务部际联席会议制度。",
    "[遵义市委书记|Office][桑木|Person]致欢迎词。",
    "会后，[省卫生健康委|Organization]、[市城管执法局|Organization]、[省发展改革委|Organization]发布通知。",
    "[县河长办|Organization]还要组织一次回头看。",
    "[李红兵|Person]、[黄海涛|Person]、[于小波|Person]出席[会议|Event]。",
    "[清远市公安局局长|Office][何立新|Person]介绍情况。",
    "[清远市原副市长|Office][郑怀远|Person]接受审查。",
    "时任[清远市委书记|Office]的[张伟民|Person]提出建议。",
    "出席的有[张伟民|Person]（[清远市委书记|Office]）、[李树青|Person]（[清远市市长|Office]）等。",
    "[清远市委书记|Office][张伟|Person]和[市长|Office][李明|Person]出席。",
    "[清远市委书记|Office][张伟民|Person]拟出席[会议|Event]。",
    "[英国首相|Office][鲍里斯·约翰逊|Person]出席。",
    "[美国总统|Office][唐纳德·特朗普|Person]表示关切。",
    "[张伟民|Person]历任[清远市副市长|Office]、[市长|Office]。",
    "[开工仪式|Event]上，[张伟民|Person]宣布开工。",
    "《清远日报》报道了此事。",
    "[张伟民|Person]和[李树青|Person]分别代表双方签字。",
    "[清远市中级人民法院院长|Office][何立新|Person]作工作报告。",
    "[最高人民法院环境资源审判庭庭长|Office][何立新|Person]作说明。",
]

# Names weighed by their characters.
WEIGHED = [
    # what follows a post and looks like no name
    "[法国总统|Office]执政以来多次访华。",
    "[清远市委书记|Office]要当好带头人。",
    "[国家主席|Office]再度访华。",
    "委员们的意见、互动和结果都很重要。",
    "以[习近平|Person]同志为核心的[党中央|Organization]高度重视。",
    "[清远市政协委员|Office]和专家座谈。",
    # foreign names, whatever their first character is
    "[古巴国家主席|Office][贝拉斯-莫内尔|Person]互致贺电。",
    "[菲律宾总统|Office][杜瓦尔特|Person]执政以来多次访华。",
    "[杜瓦尔特|Person][总统|Office]表示感谢。",
    "[日本首相|Office][吉田茂夫|Person]访华。",
    "反对党候选人[查米拉|Person]获得的选票较少。",
    # names of components
    "[西藏自治区副主席|Office][罗绒扎西|Person]通报情况。",
    "[内蒙古自治区副主席|Office][额尔敦仓|Person]作动员讲话。",
    # before what no list has
    "妈妈[周忠燕|Person]独自挑起重担。",
    "摩托车手[龚小明|Person]连续三昼夜运送物资。",
    # what stands between a post and a name
    "[国家主席|Office]同[杜瓦尔特|Person][总统|Office]会谈。",
    "[清远市人民医院副院长|Office]（挂职）[霍家明|Person]发言。",
    "[国家主席|Office]同[塞西|Person][总统|Office]会谈。",
    "[清远市委书记|Office][罗强|Person]向“村BA”组织者了解情况。",
    "[清远市委书记|Office][张伟民|Person]与[法国经济部长|Office]会面。",
    "公示如下：[王海涛|Person]，男，汉族，1974年5月生。",
    "任命[王广华|Person]为[自然资源部副部长|Office]。",
    "任命[李树青|Person]、[王建华|Person]为[财政部副部长|Office]。",
    "[清远市委书记|Office][何维|Person]率调研组赴[湖州市|Place]调研。",
    "[西班牙国王|Office][费利贝六世|Person]访华。",
    "[东部战区新闻发言人|Office][施明|Person][空军|Organization]大校表示。",
    "[张伟民|Person]在[十九届中央纪委六次全会|Event]上作工作报告。",
    "[寿光市三元朱村党支部书记|Office][张伟民|Person]说。",
    "[张伟民|Person]出席[2024年世界环境日主场活动|Event]。",
    "[团省委书记|Office][张伟民|Person]出席。",
    "[团清远市委副书记|Office][张伟民|Person]出席。",
    "[中国作家协会副主席|Office]、[书记处书记|Office][张伟民|Person]出席。",
    "[清远市委书记|Office][张伟民|Person]会见[李树青|Person]一行。",
    # a role that is written with the last letter of its body
    "[代县公安局长|Office][张伟民|Person]、[教育局长|Office][李树青|Person]到会。",
    "[代县委常委|Office]、[宣传部长|Office][张伟民|Person]到会。",
    "[国家海洋局长|Office][张伟民|Person]到会。",
    # a rank before the role, after the name
    "[张伟民|Person][副书记|Office]主持，[李树青|Person][常务副市长|Office]讲话。",
    # who is under inquiry, and biographies
    "通报了对[张伟民|Person]涉嫌犯罪提起公诉的决定，给予[李树青|Person]开除党籍处分。",
    "[张伟民|Person]，[广东省|Province][清远市|Place]人，现年52岁。",
    # words after posts are no names
    "来到[清远市政协委员|Office]驻地看望委员。",
    # lists of those who came into posts and left them
    "任命[张伟民|Person]为[清远市财政局局长|Office]，[于树青|Person]为[城乡建设委员会主任|Office]。",
    "免去[张伟民|Person]的[清远市财政局局长|Office]职务、[于树青|Person]的[清远市民政局局长|Office]职务。",
    # bodies on both sides of 与 and 及
    "[张伟民|Person]代表[清远市政府|Organization]与[贝珠集团副总经理|Office][李树青|Person]签约。",
    "[代县副县长|Office][张伟民|Person]及[代县卫健委主任|Office][李树青|Person]到会。",
    # words before 县 where a 任县 and a 和县 are too
    "到[代县|Place]工作，任[县委常委|Office]、[副县长|Office]。",
    "[任县县委书记|Office][张伟民|Person]到[和县|Place]考察。",
    # zones that end in 区
    "[经济开发区管委会主任|Office][张伟民|Person]、[经开区管委会主任|Office][李树青|Person]到会。",
    # the names of events
    "[庆祝建市30周年大会|Event]召开。",
    "公司隆重召开[庆祝建厂60周年大会|Event]。",
    "昨日，[白云国际会议中心|Place]气氛热烈。",
    "他关心[中国人民政治协商会议|Organization]的工作。",
    # the holder stands before the post
    "[习近平|Person][主席|Office]同[梅迪莫|Person][总统|Office]举行会谈。",
    "[周启明|Person][总理|Office]与[西于尔扎多|Person][总理|Office]会谈。",
    "[周启明|Person][主席|Office]和代表们交谈。",
    "[林素|Person]表示，我作为[清远市委书记|Office]深感责任重大。",
    "中华民族从站起来、富起来到强起来。",
    "致电[杰森达·阿登|Person]祝贺。",
    "[德国总统|Office][施泰因瓦尔|Person]访华。",
    "[会议|Event]的[执行主席|Office]是[张伟民|Person]、[李树青|Person]。",
    "[国家主席|Office]向[英国|Place]民众致意。",
    # words that jieba takes for persons
    "要重视群众福祉和官兵道德培养。",
    "残疾人康复工作取得进展。",
    # in rosters
    "选举结果：\n[主任|Office]：[党景昌|Person]\n[委员|Office]：\n[卜晓峰|Person]　[王　岚|Person]（女）",
    # in lists, and in the clauses behind an appointment
    "[甘肃省|Province]领导[贡保加|Person]、[李沛文|Person]、[石玉亭|Person]参加。",
    "任命[林绮云|Person]为[清远市水利局局长|Office]，[谭国权|Person]为[清远市教育局局长|Office]。",
    # surnames of few, and words with which a name may begin after a post
    "[清远市市长|Office][阿立强|Person]主持[座谈会|Event]，[政委|Office][番志刚|Person]发言。",
    "[清远市委秘书长|Office][莽建军|Person]、[清远市副市长|Office][早春林|Person]出席。",
    "会上，[仪文海|Person]同志介绍情况，[税海涛|Person]同志说，要抓好。",
    "[清远市交通局副局长|Office][党建林|Person]犯受贿罪，被判刑。",
    "[全国人大常委会副委员长|Office][热合曼·卡迪尔|Person]出席[大会|Event]。",
    "[清远市委常委|Office][何立新|Person]、[吴 勇|Person]、[周 亮|Person]在主席台前排就座。",
    # where names end, and who stands again inside the name of a mountain
    "[清远市委书记|Office][佟春林|Person]带着三条渔船，救出乡亲。",
    "[庄景山|Person]说，好。[张伟民|Person]、[李树青|Person]会见了[庄景山|Person]一行。",
    "[张伟民|Person]、[李树青|Person]率[市慰问团|Organization]来到[清远市|Place]。",
    "舟桥部队和[省红十字会医疗队|Organization]已赶到。",
    # what is in no name of a place
    "他们立即赶往[九龙湾水库|Place]，死守[九龙湾水库|Place]和[平齐铁路|Place]。",
    "各乡镇和县级有关部门负责人到会，奏唱中华人民共和国国歌。",
    "[我省|Province]西部遭受洪水袭击，[德清县|Place]境内堤防漫决。",
    # lines called after their ends, sites that need no name or any words, halls
    "[汉中至百色铁路|Place]、[平凉至长武高速公路|Place]开工。",
    "他参观了[校史馆|Place]，来到[抗旱作物种质资源圃|Place]。",
    "学校在[东校区|Place][明理大讲堂|Place]召开[毕业典礼|Event]。",
    "[告别仪式|Event]在[兰州市东郊殡仪馆|Place]举行。",
    # what stands before the name of waters, of a company, of a laboratory
    "深入[德清县|Place][升坪水库|Place]工地，走进[清远市|Place][石角镇|Place][三禾鞋业有限公司|Organization]。",
    "来到[草地生态与畜牧利用教育部工程研究中心|Organization]。",
    "[威宁县年禾种植农民专业合作社|Organization]成立。",
    "[林业部副部长|Office][何立新|Person]、[邮电部司长|Office][张伟民|Person]到会。",
    "他入[陕北公学|Organization]学习，后任[抗日军政大学|Organization]教员。",
    # policies in marks with what follows their heads
    "紧扣[“2716”战略发展目标|Initiative]，实施[“246”工程升级版|Initiative]，构建[“1+N”政策体系|Initiative]。",
    "推进[梅韶一体化|Initiative]、[西煤东运|Initiative]。",
    "实施[沙湾编组站扩能改造工程|Initiative]，打响[脱贫攻坚秋季攻势|Initiative]。",
    "在[西安|Place]、[绥德|Place]、[银川|Place]三地同时举行，参观[秀屿国家级竹材加工示范区|Place]。",
    "新中国成立后搬进[五里坡安置点|Place]，来到[天河大道|Place]施工现场。",
    "[济青高速公路|Place]两侧不准点火，[清远市|Place][清城区|Place][五凤山体育场|Place]开放，南北铁路贯通。",
    # surnames that are verbs, before the name of a city; words after which a name may stand
    "[副省长|Office][关玉林|Person]介绍情况，[妇联主席|Office][令狐芳|Person]主持[大会|Event]。",
    "[总经理|Office]一职由[单文华|Person]接任，[州长|Office][此里拉姆|Person]讲话，慰问藏族群众[取追|Person]一家。",
    "另据[海森集团|Organization]公告，与[清远市委书记|Office][邓石养|Person]算起了账。",
    "[会议|Event]在[学术交流中心|Place]举行。",
    # what introduces names
    "牵线的人叫[梁少杰|Person]，38岁的[邓小芳|Person]在[广东省|Province]打工，干部在[彭秀芝|Person]家堂屋里坐了坐。",
    "在主席台就座的还有：[滕茂林|Person]、[王学义|Person]、[马宝英|Person]（女，回族）、[时 进|Person]以及主席团成员。",
    "[农业部副部长|Office][简世均|Person]、[国际合作司司长|Office][吴慎言|Person]到会，一行经[康家崖大桥|Place]来。",
    # festivals with a number, banquets; a noun that goes on
    "办好[第八届中国·清远国际斗笠节暨瑶族歌节|Event]。",
    "当晚，[张伟民|Person]主持[欢迎宴会|Event]，送去慰问金和慰问品。",
    # units of party bodies, offices that keep relics
    "[市委组织部干部监督科|Organization]公布电话，[清远市文物保管所|Organization]更名。",
    "来到[清城区|Place][园心高科园|Place]，参观了[校史馆|Place]和[草地与畜牧教育部工程研究中心|Organization]。",
]

KNOWN = [
    known("任免 after a post", "[清远学院院长|Office]任免决定已经宣布。"),
    known("中共 before an area is a mention by itself", "[中共清远市委书记|Office][何立新|Person]出席。"),
    known("a village that no table has keeps only 村", "[西关村党支部书记|Office][何立新|Person]介绍情况。"),
    known("a name that is a place, before its title", "[高明|Person][市长|Office]表示，要加快建设。"),
    known("出席 is taken into the name", "[清远市市长|Office][何在|Person]出席。"),
    known("a name that is a function word, after a post", "[清远市委书记|Office][于是|Person]出席[会议|Event]。"),
    known("会见 promises a name", "[清远市委书记|Office][张伟民|Person]会见了来访的[李树青|Person]。"),
    known("来宾 is a word", "[清远市市长|Office][时代光|Person]会见来宾。"),
    known("成立 begins no part of a name", "[清华大学|Organization]成立新学院。"),
    known("会议 is no word in 社会|议题", "会见时，双方就社会议题交换意见。"),
    known("a reporter's outlet", "（新华社记者王小明摄）"),
    known("a paper's byline", "来源：新华社 作者：王小明"),
]


@pytest.mark.parametrize(
    "marked",
    [*ROSTERS, *POSTS, *NAMES, *PLACES, *ORGANIZATIONS, *EVENTS, *DOCUMENTS, *INITIATIVES, *MENDED, *WEIGHED, *KNOWN],
)
def test_mentions(marked: str) -> None:
    assert mark(plain(marked)) == marked


def test_the_notation_is_read_back() -> None:
    assert plain("[上海市委书记|Office][张伟民|Person]出席[会议|Event]") == "上海市委书记张伟民出席会议"


@pytest.mark.parametrize("marked", [*POSTS, *EVENTS])
def test_a_sentence_before_changes_nothing(marked: str) -> None:
    assert mark("大家畅所欲言。\n" + plain(marked)) == "大家畅所欲言。\n" + marked


def test_mentions_are_in_order_and_apart() -> None:
    text = "\n".join(map(plain, [*POSTS, *NAMES, *PLACES, *ORGANIZATIONS, *EVENTS, *DOCUMENTS, *INITIATIVES]))
    mentions = recognise(segment(write("d", text, published="2021-05-06"), KNOWLEDGE), KNOWLEDGE)
    assert len(mentions) > 200
    assert all(before.span.end <= after.span.start for before, after in pairwise(mentions))
    assert select(reversed(mentions)) == mentions


PARTS = [  # a post, and its parts
    ("清远市委书记", "area:清远市 body:委 role:书记"),
    ("清远市委副书记", "area:清远市 body:委 rank:副 role:书记"),
    ("广东省清远市代理市长", "area:广东省 area:清远市 rank:代理 role:市长"),
    ("水利部副部长", "body:水利部 rank:副 role:部长"),
    ("常务副省长", "rank:常务副 role:省长"),
]


@pytest.mark.parametrize(("post", "expected"), PARTS)
def test_the_parts_of_a_post(post: str, expected: str) -> None:
    page = segment(write("d", f"{post}何立新出席。"), KNOWLEDGE)
    office = next(mention for mention in recognise(page, KNOWLEDGE) if mention.type == "Office")
    parts = [f"{part.label}:{page.look[part.start : part.end]}" for part in office.parts if part.start < part.end]
    assert " ".join(parts) == expected
