"""The day's statement of each pretended company, in the form the real one sends it."""

from __future__ import annotations

from collections.abc import Sequence

from storeapp.payments.fake.orders import Entry

WECHAT = (
    "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
    "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
    "手续费,费率,订单金额,申请退款金额,费率备注"
)
ALIPAY = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,对方账户,"
    "订单金额（元）,商家实收（元）,退款批次号/请求号,服务费（元）,备注"
)
SHOUQIANBA = "交易时间,商户订单号,收钱吧订单号,交易类型,交易状态,交易金额,退款请求号,收款终端号"


def statement(company: str, book: Sequence[Entry]) -> bytes:
    """The statement over these movements; of another company none are told."""
    rows = [entry for entry in book if entry.company == company]
    if company == "wechat":
        return _wechat(rows)
    return _alipay(rows) if company == "alipay" else _shouqianba(rows)


def _wechat(rows: Sequence[Entry]) -> bytes:
    lines = [WECHAT]
    for entry in rows:
        at, is_back = f"{entry.at:%Y-%m-%d %H:%M:%S}", entry.kind != "charge"
        state = {"charge": "SUCCESS", "refund": "REFUND", "reverse": "REVOKED"}[entry.kind]
        paid, back = ("0.00", _yuan(entry.fen)) if is_back else (_yuan(entry.fen), "0.00")
        cells = [at, "wx01", "1900000001", "0", "1", "42" + entry.number[:8], entry.number, "o1", "MICROPAY", state]
        cells += ["OTHERS", "CNY", paid, "0.00", "0", entry.refund_number or "0", back, "0.00", "", ""]
        cells += ["storeapp", "", "0.00000", "0.60%", paid, back, ""]
        lines.append(",".join(f"`{cell}" for cell in cells))
    taken = sum(entry.fen for entry in rows if entry.kind == "charge")
    back_fen = sum(entry.fen for entry in rows if entry.kind != "charge")
    lines += [
        "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额",
        f"`{len(rows)},`{_yuan(taken)},`{_yuan(back_fen)},`0.00,`0.00,`{_yuan(taken)},`{_yuan(back_fen)}",
    ]
    return ("\ufeff" + "\r\n".join(lines) + "\r\n").encode("utf-8")


def _alipay(rows: Sequence[Entry]) -> bytes:
    lines = ["#支付宝业务明细查询", "#账号：[20880000000000010156]", "#-----业务明细列表-----", ALIPAY]
    for entry in rows:
        at, kind = f"{entry.at:%Y-%m-%d %H:%M:%S}", "交易" if entry.kind == "charge" else "退款"
        amount = _yuan(entry.fen) if entry.kind == "charge" else f"-{_yuan(entry.fen)}"
        cells = [f"2026{entry.number[:8]}\t", f"{entry.number}\t", kind, "storeapp", at, at, "S01", "*", amount, amount]
        lines.append(",".join([*cells, entry.refund_number, "0.00", ""]))
    lines += ["#-----业务明细列表结束-----", f"#交易合计：{len(rows)}笔"]
    return ("\r\n".join(lines) + "\r\n").encode("gb18030")


def _shouqianba(rows: Sequence[Entry]) -> bytes:
    lines = [SHOUQIANBA]
    for entry in rows:
        kind = {"charge": "收款", "refund": "退款", "reverse": "撤单"}[entry.kind]
        amount = _yuan(entry.fen) if entry.kind == "charge" else f"-{_yuan(entry.fen)}"
        cells = [f"{entry.at:%Y-%m-%d %H:%M:%S}", entry.number, f"7895{entry.number[:8]}", kind, "成功", amount]
        lines.append(",".join([*cells, entry.refund_number, "100000000001"]))
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"
