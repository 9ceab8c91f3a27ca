"""What the people and places of the demo are called, in three languages."""

from __future__ import annotations

from typing import Final

from reportkit.definitions.text import Text


def table(block: str) -> tuple[Text, ...]:
    """Return the texts of a block: one a line, its three languages separated by a bar."""
    return tuple(Text(*(part.strip() for part in line.split("|"))) for line in block.strip().splitlines())


SURNAMES: Final = table("""
王|王|Wang
李|李|Li
张|張|Zhang
刘|劉|Liu
陈|陳|Chen
杨|楊|Yang
赵|趙|Zhao
黄|黃|Huang
周|周|Zhou
吴|吳|Wu
徐|徐|Xu
孙|孫|Sun
胡|胡|Hu
朱|朱|Zhu
高|高|Gao
林|林|Lin
何|何|He
郭|郭|Guo
马|馬|Ma
罗|羅|Luo
梁|梁|Liang
宋|宋|Song
郑|鄭|Zheng
谢|謝|Xie
韩|韓|Han
唐|唐|Tang
冯|馮|Feng
于|于|Yu
董|董|Dong
萧|蕭|Xiao
程|程|Cheng
曹|曹|Cao
袁|袁|Yuan
邓|鄧|Deng
许|許|Xu
傅|傅|Fu
沈|沈|Shen
曾|曾|Zeng
彭|彭|Peng
吕|呂|Lü
苏|蘇|Su
卢|盧|Lu
蒋|蔣|Jiang
欧阳|歐陽|Ouyang
""")
GIVEN_NAMES: Final = table("""
伟|偉|Wei
芳|芳|Fang
秀英|秀英|Xiuying
敏|敏|Min
静|靜|Jing
丽华|麗華|Lihua
强|強|Qiang
磊|磊|Lei
军|軍|Jun
洋|洋|Yang
艳|艷|Yan
勇|勇|Yong
娟|娟|Juan
涛|濤|Tao
明|明|Ming
超|超|Chao
秀兰|秀蘭|Xiulan
霞|霞|Xia
平|平|Ping
刚|剛|Gang
桂英|桂英|Guiying
文博|文博|Wenbo
雨欣|雨欣|Yuxin
子涵|子涵|Zihan
浩然|浩然|Haoran
思远|思遠|Siyuan
佳怡|佳怡|Jiayi
建国|建國|Jianguo
建华|建華|Jianhua
淑珍|淑珍|Shuzhen
志强|志強|Zhiqiang
海燕|海燕|Haiyan
晓东|曉東|Xiaodong
晓梅|曉梅|Xiaomei
国栋|國棟|Guodong
春梅|春梅|Chunmei
立新|立新|Lixin
永福|永福|Yongfu
梦琪|夢琪|Mengqi
俊杰|俊傑|Junjie
婷婷|婷婷|Tingting
宏伟|宏偉|Hongwei
玉兰|玉蘭|Yulan
庆|慶|Qing
宁|寧|Ning
琳|琳|Lin
鹏|鵬|Peng
慧|慧|Hui
""")
ADVISOR_NAMES: Final = table("""
张伟|張偉|Zhang Wei
李静|李靜|Li Jing
王磊|王磊|Wang Lei
陈晓梅|陳曉梅|Chen Xiaomei
刘俊杰|劉俊傑|Liu Junjie
赵国栋|趙國棟|Zhao Guodong
周琳|周琳|Zhou Lin
吴思远|吳思遠|Wu Siyuan
徐海燕|徐海燕|Xu Haiyan
孙鹏|孫鵬|Sun Peng
黄婷婷|黃婷婷|Huang Tingting
何文博|何文博|He Wenbo
""")
MANAGER_NAMES: Final = table("""
林建华|林建華|Lin Jianhua
郭慧|郭慧|Guo Hui
""")
TEAMS: Final = table("""
财富一部|財富一部|Wealth 1
财富二部|財富二部|Wealth 2
""")
BRANCH_NAME: Final = Text("滨江路证券营业部", "濱江路證券營業部", "Riverside Road Branch")
MANAGER_LEVEL: Final = Text("经理", "經理", "Manager")
CLOSED_NOTE: Final = Text("网点装修，停业一天", "網點裝修，停業一天", "Branch closed for refurbishment")
EXTRA_NOTE: Final = Text("周末投资者接待日", "週末投資者接待日", "Weekend investors' day")
COMPLIANCE: Final = Text("合规专员", "合規專員", "Compliance officer")
HEAD: Final = Text("营业部负责人", "營業部負責人", "Branch head")

OCCUPATIONS: Final = table("""
退休教师|退休教師|Retired teacher
个体经营|個體經營|Shop owner
工程师|工程師|Engineer
医生|醫生|Doctor
公务员|公務員|Civil servant
会计|會計|Accountant
企业主|企業主|Business owner
退休职工|退休職工|Retired
教师|教師|Teacher
销售经理|銷售經理|Sales manager
自由职业|自由職業|Freelancer
物流调度|物流調度|Dispatcher
程序员|程式設計師|Programmer
全职投资|全職投資|Full-time investor
""")
INTERESTS: Final = table("""
钓鱼|釣魚|Fishing
摄影、旅行|攝影、旅行|Photography, travel
广场舞|廣場舞|Dancing
羽毛球|羽毛球|Badminton
书法|書法|Calligraphy
喝茶|喝茶|Tea
登山|登山|Hiking
下棋|下棋|Chess
养花|養花|Gardening
看球赛|看球賽|Football on TV
烹饪|烹飪|Cooking
""")
