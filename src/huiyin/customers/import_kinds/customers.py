"""Customers with contacts and addresses: one row a customer, or several rows with one number."""

from __future__ import annotations

from huiyin.customers.import_kinds._presets import CUSTOMER_PRESETS
from huiyin.customers.intake import parsing
from huiyin.customers.intake.customer_batch import write_customers
from huiyin.imports.public import Field, ImportKind, code, day, yes_no
from huiyin.kernel.words import gettext_noop as _

FIELDS = (
    Field("number", _("Customer number (CS…)"), ("客户编号", "customer no"), code, longest=20),
    Field(
        "external_number",
        _("Number in the other system"),
        ("客户号", "客户ID", "会员号", "会员编号", "account number", "account id", "customer id", "member no", "KUNNR"),
        code,
        longest=80,
    ),
    Field("other_number", _("Second number in the other system"), (), code, longest=80),
    Field(
        "name",
        _("Name"),
        ("客户名称", "客户姓名", "姓名", "名称", "公司名称", "会员姓名", "customer name", "account name", "full name"),
    ),
    Field("kind", _("Person or company"), ("客户类型", "类型", "customer type"), parsing.kind),
    Field("contact_name", _("Contact person"), ("联系人", "联系人姓名", "contact", "contact person"), longest=100),
    Field("position", _("Position"), ("职位", "职务", "title", "job title"), longest=60),
    Field(
        "phone",
        _("Phone"),
        ("手机", "手机号", "手机号码", "电话", "联系电话", "联系方式", "mobile", "mobile phone", "phone number", "tel"),
        parsing.phone,
    ),
    Field(
        "email", _("E-mail"), ("邮箱", "电子邮箱", "电子邮件", "mail", "e-mail address", "email address"), parsing.email
    ),
    Field("wechat", _("WeChat"), ("微信", "微信号"), longest=60),
    Field("country", _("Country"), ("国家", "国家地区"), longest=60),
    Field("province", _("Province"), ("省", "省份", "state", "region"), longest=60),
    Field("city", _("City"), ("市", "城市", "town"), longest=60),
    Field("district", _("District"), ("区", "区县", "县"), longest=60),
    Field("line", _("Street address"), ("地址", "详细地址", "收货地址", "address", "street", "street address")),
    Field("postcode", _("Postcode"), ("邮编", "邮政编码", "zip", "zip code", "postal code"), code, longest=20),
    Field("industry", _("Industry"), ("行业", "所属行业"), longest=60),
    Field("source", _("How the customer came"), ("来源", "客户来源", "lead source"), parsing.came_by),
    Field("tier", _("Tier"), ("级别", "客户级别", "客户等级", "等级", "level"), parsing.tier),
    Field("cooperation_since", _("Customer since"), ("合作时间", "合作开始时间", "建档日期", "注册日期", "since"), day),
    Field("home_store", _("Home store"), ("门店", "所属门店", "归属门店", "store"), longest=60),
    Field("in_charge", _("Person in charge"), ("负责人", "客户经理", "owner"), longest=60),
    Field("language", _("Language"), ("语言",), parsing.language),
    Field("preferred_time", _("Preferred time"), ("方便时间", "联系时间"), parsing.part_of_day),
    Field("do_not_contact", _("Do not contact"), ("勿扰", "免打扰", "do not call"), yes_no),
    Field("do_not_contact_reason", _("Reason for not contacting"), ("勿扰原因",)),
    Field("notes", _("Notes"), ("备注", "说明", "description", "remark"), longest=5000),
)

KIND = ImportKind(
    code="customers",
    label=_("Customers"),
    hint=_("One row per customer. Customers we know are brought up to date, nothing is erased by an empty cell."),
    needs="customers.import",
    fields=FIELDS,
    group_by=(("number",), ("external_number",)),
    one_of=("name", "external_number", "number", "phone"),
    options=(parsing.SOURCE, parsing.DATE_ORDER),
    presets=CUSTOMER_PRESETS,
    write=write_customers,
    order=10,
)
