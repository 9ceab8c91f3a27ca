"""What the people of the demo write, in three languages."""

from __future__ import annotations

from typing import Final

from reportkit.definitions.text import Text
from reportkit.demo.names import table

SECTORS: Final = table("""
银行|銀行|banks
半导体|半導體|chips
新能源|新能源|clean energy
医药|醫藥|pharma
白酒|白酒|spirits
电力|電力|utilities
消费电子|消費電子|consumer electronics
有色金属|有色金屬|metals
券商|券商|brokers
军工|軍工|defence
""")
NOTES: Final[dict[str, tuple[Text, ...]]] = {
    "new_contact": table("""
介绍服务流程，客户愿意加微信|介紹服務流程，客戶願意加微信|Explained how we work; happy to connect on WeChat
问了交易软件怎么登录，已教会|問了交易軟體怎麼登入，已教會|Showed how to log in to the trading app
持有{sector}，被套两成，想听意见|持有{sector}，被套兩成，想聽意見|Holds {sector}, 20 % down, wants a view
刚开户，想先从基金做起|剛開戶，想先從基金做起|New account, wants to start with funds
约好周末到营业部聊|約好週末到營業部聊|Will come to the branch on the weekend
了解了资金用途，短期不用|了解了資金用途，短期不用|Asked what the money is for; not needed soon
比较关心佣金，已说明|比較關心佣金，已說明|Cares about commission; explained ours
"""),
    "return_visit": table("""
回访持仓，{sector}已减半|回訪持倉，{sector}已減半|Went through holdings; halved {sector}
客户近期在外地，下月回来|客戶近期在外地，下月回來|Travelling, back next month
聊了{sector}的走势，暂时观望|聊了{sector}的走勢，暫時觀望|Talked about {sector}; waiting for now
账户没怎么动，提醒新股申购|帳戶沒怎麼動，提醒新股申購|Quiet account; reminded about new issues
问候近况，孩子刚考上大学|問候近況，孩子剛考上大學|Caught up; the child just got into university
满意上次的提醒，避开了下跌|滿意上次的提醒，避開了下跌|Pleased with the last alert, avoided the fall
准备转入一笔到期理财|準備轉入一筆到期理財|Will move in a deposit that matures soon
"""),
    "fund_talk": table("""
定投半年，讲了止盈的办法|定投半年，講了停利的辦法|Half a year of monthly investing; talked about taking profit
手里的{sector}基金回撤大，建议分散|手裡的{sector}基金回撤大，建議分散|{sector} fund fell a lot; advised to spread
有意向债券型，发了产品资料|有意向債券型，發了產品資料|Interested in bond funds; sent the papers
核对风险等级，与产品匹配|核對風險等級，與產品匹配|Checked the risk level: it fits
"""),
    "margin_talk": table("""
维持担保比例{ratio}%，提醒留余地|維持擔保比例{ratio}%，提醒留餘地|Maintenance ratio {ratio} %; keep some room
讲解融券规则和利率|講解融券規則和利率|Explained short selling and rates
到期合约两笔，商量展期|到期合約兩筆，商量展期|Two contracts expire; talked about extending
想降低杠杆，先还一部分|想降低槓桿，先還一部分|Wants less leverage; repays a part first
"""),
    "advisory_talk": table("""
介绍投顾签约的服务内容和收费|介紹投顧簽約的服務內容和收費|Explained the advisory contract and its fee
想先试看一个月的报告|想先試看一個月的報告|Wants to see the reports for a month first
和家人商量后答复|和家人商量後答覆|Will answer after talking to the family
"""),
    "home_visit": table("""
到客户单位，面谈资产配置|到客戶單位，面談資產配置|Met at the office about asset allocation
上门协助更新风险测评|上門協助更新風險測評|Helped to renew the risk assessment
送节日台历，聊了家庭理财|送節日檯曆，聊了家庭理財|Brought a calendar, talked about family savings
"""),
    "complaint_followup": table("""
致歉并说明原因，客户接受|致歉並說明原因，客戶接受|Apologised and explained; accepted
再次确认问题已解决|再次確認問題已解決|Confirmed that it is solved
客户仍不满意，已报经理|客戶仍不滿意，已報經理|Still unhappy; told the manager
"""),
    "referral_request": table("""
同事想开户，留了联系方式|同事想開戶，留了聯絡方式|A colleague wants an account
愿意带朋友来听讲堂|願意帶朋友來聽講堂|Will bring a friend to the class
"""),
    "market_view": table("""
缩量整理，控制仓位，关注{sector}|縮量整理，控制倉位，關注{sector}|Thin trading; mind positions, watch {sector}
指数回踩二十日线，{sector}领涨|指數回踩二十日線，{sector}領漲|Index back at its 20-day line, {sector} lead
外围走弱，低开概率大，不追高|外圍走弱，低開機率大，不追高|Weak abroad; likely a lower open, do not chase
量能恢复，{sector}轮动加快|量能恢復，{sector}輪動加快|Volume is back; {sector} rotate faster
"""),
    "stock_view": table("""
{sector}龙头三季报超预期|{sector}龍頭三季報超預期|The {sector} leader beat its forecast
{sector}短线涨幅过大，注意风险|{sector}短線漲幅過大，注意風險|{sector} ran far; mind the risk
{sector}估值回到低位，可以跟踪|{sector}估值回到低位，可以追蹤|{sector} are cheap again; worth following
"""),
    "intraday_alert": table("""
午后跳水，{sector}止损位提示|午後跳水，{sector}停損位提示|Fall after noon; stop level for {sector}
{sector}放量突破|{sector}放量突破|{sector} break out on volume
{sector}冲高回落，注意兑现|{sector}衝高回落，注意兌現|{sector} give back gains; take some profit
"""),
    "novice_class": table("""
新股民讲堂：看懂K线|新股民講堂：看懂K線|Novice class: reading charts
新股民讲堂：交易规则和费用|新股民講堂：交易規則和費用|Novice class: rules and fees
新股民讲堂：新股申购怎么做|新股民講堂：新股申購怎麼做|Novice class: new issues
"""),
    "veteran_class": table("""
老股民讲堂：{sector}怎么看|老股民講堂：{sector}怎麼看|Veteran class: what to think of {sector}
老股民讲堂：仓位管理|老股民講堂：倉位管理|Veteran class: position sizes
"""),
    "report_meeting": table("""
季度策略报告会|季度策略報告會|Quarterly strategy meeting
家庭资产配置报告会|家庭資產配置報告會|Meeting on family portfolios
"""),
    "salon": table("""
股市沙龙：{sector}交流|股市沙龍：{sector}交流|Salon on {sector}
"""),
    "company_visit": table("""
带客户走访{sector}上市公司|帶客戶走訪{sector}上市公司|Took customers to a listed company ({sector})
"""),
    "other": table("""
整理客户档案|整理客戶檔案|Tidied up customer files
"""),
}
UNANSWERED: Final[dict[str, tuple[Text, ...]]] = {
    "phone": table("""
无人接听|無人接聽|No answer
在开会，改天再打|在開會，改天再打|In a meeting, call again
不方便说话|不方便說話|Could not talk
关机|關機|Phone off
"""),
    "wechat": table("""
已发消息，未回复|已發訊息，未回覆|Sent a message, no reply
"""),
}
NEXT_STEPS: Final = table("""
发产品资料|發產品資料|Send product papers
再打电话|再打電話|Call again
约面谈|約面談|Arrange a meeting
更新风险测评|更新風險測評|Renew the risk assessment
核对持仓后答复|核對持倉後答覆|Answer after checking holdings
""")
RESOLUTIONS: Final[dict[str, tuple[Text, ...]]] = {
    "account": table("""
指导线上重置密码|指導線上重設密碼|Guided through a password reset
更新身份证有效期|更新身分證有效期|Updated the ID's expiry date
银证转账已恢复|銀證轉帳已恢復|Bank transfer works again
按问答答复：开户需要带什么？|按問答答覆：開戶需要帶什麼？|From the FAQ: What do I need to open an account?
"""),
    "trading": table("""
说明撤单规则|說明撤單規則|Explained how orders are cancelled
核对成交回报，一致|核對成交回報，一致|Checked the fills: they agree
协助设置条件单|協助設定條件單|Helped to set a conditional order
"""),
    "product": table("""
说明赎回到账时间|說明贖回到帳時間|Explained when redemptions arrive
发送产品说明书|發送產品說明書|Sent the product leaflet
按问答答复：基金亏了要不要赎回？|按問答答覆：基金虧了要不要贖回？|From the FAQ: My fund is down. Should I redeem?
"""),
    "system": table("""
指导升级软件，恢复正常|指導升級軟體，恢復正常|Upgraded the app: works
更换行情站点|更換行情站點|Switched the quote server
"""),
    "fees": table("""
逐笔说明佣金和印花税|逐筆說明佣金和印花稅|Went through commission and stamp duty
按问答答复：佣金怎么收？|按問答答覆：佣金怎麼收？|From the FAQ: How is commission charged?
"""),
    "complaint": table("""
致歉并补做回访，客户认可|致歉並補做回訪，客戶認可|Apologised and called back; accepted
"""),
    "suggestion": table("""
已转产品部门|已轉產品部門|Passed to the product team
"""),
    "other": table("""
已答复|已答覆|Answered
"""),
}
CAUSES: Final = table("""
说明不清楚|說明不清楚|Unclear explanation
系统升级|系統升級|System upgrade
资料过期|資料過期|Papers out of date
流程太长|流程太長|Process too long
""")
MEASURES: Final = table("""
更新常用话术|更新常用話術|New standard answer
加一条短信提醒|加一條簡訊提醒|Send a reminder by SMS
提前检查资料|提前檢查資料|Check papers ahead
""")
PLACES: Final = table("""
客户家中|客戶家中|At home
客户单位|客戶單位|At the office
营业部会客室|營業部會客室|Branch meeting room
茶馆|茶館|Tea house
""")
PURPOSES: Final = table("""
了解产品需求|了解產品需求|Learn what products are wanted
资产配置建议|資產配置建議|Advice on allocation
更新风险测评|更新風險測評|Renew the risk assessment
维护关系|維護關係|Keep in touch
挽留转托管|挽留轉託管|Win back before a transfer
""")
TOPICS: Final = table("""
持仓诊断和{sector}机会|持倉診斷和{sector}機會|Holdings and chances in {sector}
子女教育金安排|子女教育金安排|Saving for education
养老资金怎么放|養老資金怎麼放|Where to keep retirement money
""")
NEEDS: Final = table("""
想要稳一点的产品|想要穩一點的產品|Wants something steadier
需要短期理财|需要短期理財|Needs a short-term product
想了解融资融券|想了解融資融券|Wants to know about margin trading
希望每周有人提醒|希望每週有人提醒|Wants a reminder each week
""")
FOLLOW_UPS: Final = table("""
发送基金组合方案|發送基金組合方案|Send a fund portfolio
邀请参加报告会|邀請參加報告會|Invite to the report meeting
准备签约材料|準備簽約材料|Prepare the contract papers
回复费率问题|回覆費率問題|Answer the question on fees
""")
PRAISE: Final = table("""
服务耐心|服務耐心|Patient service
提醒及时|提醒及時|Alerts came in time
很专业|很專業|Very professional
""")
CRITICISM: Final = table("""
电话少，有事才联系|電話少，有事才聯絡|Rarely calls
回复太慢|回覆太慢|Answers too slowly
推产品太多|推產品太多|Pushes too many products
""")
DEAL_NOTES: Final = table("""
等资金到位|等資金到位|Waiting for the money
比较了同类产品|比較了同類產品|Compared similar products
家人支持|家人支持|Family agrees
嫌费率高|嫌費率高|Finds the fee high
""")
LEAVE_NOTES: Final = table("""
年假|年假|Annual leave
家里有事|家裡有事|Family matters
体检|體檢|Health check
""")
TRAININGS: Final = table("""
适当性管理办法解读|適當性管理辦法解讀|Suitability rules
投诉处理实务|投訴處理實務|Handling complaints
基金投顾业务|基金投顧業務|Fund advisory
融资融券风险控制|融資融券風險控制|Margin risk control
客户沟通技巧|客戶溝通技巧|Talking to customers
反洗钱年度培训|反洗錢年度培訓|Anti-money-laundering
""")
# indicator → problem, cause, measure
IMPROVEMENTS: Final[dict[str, tuple[Text, ...]]] = {
    "first_response": table("""
首次响应慢，客户等待久|首次回應慢，客戶等待久|First response is slow
高峰时段只有一人接听|尖峰時段只有一人接聽|Only one on duty at peak hours
开市前后各加一个坐席，常见问题用话术|開市前後各加一個坐席，常見問題用話術|Second seat around the open, standard answers
"""),
    "repeat_rate": table("""
同一问题客户反复来问|同一問題客戶反覆來問|Customers ask the same again
第一次没有讲清楚|第一次沒有講清楚|Not made clear the first time
答复后发图文说明，次日回访|答覆後發圖文說明，次日回訪|Send a guide after each answer, call next day
"""),
    "csat": table("""
评分低于同组|評分低於同組|Ratings below the team
解决后没有确认|解決後沒有確認|No check after solving
结束前复述问题并确认|結束前複述問題並確認|Repeat the problem and confirm before closing
"""),
    "first_visits_on_time": table("""
新客户首访容易漏|新客戶首訪容易漏|First visits get forgotten
没有每天看待办|沒有每天看待辦|Due list not looked at daily
每天先做待办里的首访|每天先做待辦裡的首訪|First visits first, every morning
"""),
    "resolution_rate": table("""
工单拖着不关|工單拖著不關|Cases stay open
没有当天清理|沒有當天清理|Not cleared the same day
下班前清理未关工单|下班前清理未關工單|Clear open cases before leaving
"""),
}
