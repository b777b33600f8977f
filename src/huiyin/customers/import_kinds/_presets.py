"""Ready-made mappings for the exports of known systems."""

from __future__ import annotations

from huiyin.imports.public import Preset
from huiyin.kernel.words import gettext_noop as _

CUSTOMER_PRESETS = (
    Preset(
        "salesforce",
        _("Salesforce: accounts"),
        {
            "external_number": ("Account ID", "Id"),
            "name": ("Account Name", "Name"),
            "phone": "Phone",
            "industry": "Industry",
            "line": ("Billing Street", "BillingStreet"),
            "city": ("Billing City", "BillingCity"),
            "province": ("Billing State/Province", "BillingState"),
            "postcode": ("Billing Zip/Postal Code", "BillingPostalCode"),
            "country": ("Billing Country", "BillingCountry"),
        },
        {"source": "salesforce"},
    ),
    Preset(
        "dynamics365",
        _("Dynamics 365: accounts"),
        {
            "external_number": ("Account Number", "(Do Not Modify) Account", "accountnumber"),
            "name": ("Account Name", "name"),
            "phone": ("Main Phone", "telephone1"),
            "email": ("Email", "emailaddress1"),
            "line": ("Address 1: Street 1", "address1_line1"),
            "city": ("Address 1: City", "address1_city"),
            "province": ("Address 1: State/Province", "address1_stateorprovince"),
            "postcode": ("Address 1: ZIP/Postal Code", "address1_postalcode"),
            "contact_name": ("Primary Contact", "primarycontactid"),
        },
        {"source": "dynamics365"},
    ),
    Preset(
        "sap",
        _("SAP: customer master (KNA1)"),
        {
            "external_number": ("KUNNR", "Customer"),
            "name": ("NAME1", "Name 1"),
            "phone": ("TELF1", "Telephone 1"),
            "line": ("STRAS", "Street"),
            "city": ("ORT01", "City"),
            "province": ("REGIO", "Region"),
            "postcode": ("PSTLZ", "Postal Code"),
            "country": ("LAND1", "Country"),
        },
        {"source": "sap"},
    ),
    Preset(
        "olist",
        _("Olist: customers"),
        {
            "external_number": "customer_unique_id",
            "other_number": "customer_id",
            "postcode": "customer_zip_code_prefix",
            "city": "customer_city",
            "province": "customer_state",
        },
        {"source": "olist"},
    ),
)
PURCHASE_PRESETS = (
    Preset(
        "online_retail",
        _("Online Retail (UCI): invoices"),
        {
            "number": ("Invoice", "InvoiceNo"),
            "article_code": "StockCode",
            "description": "Description",
            "quantity": "Quantity",
            "bought_at": "InvoiceDate",
            "unit_price": ("Price", "UnitPrice"),
            "customer": ("Customer ID", "CustomerID"),
        },
        {"source": "online_retail", "currency": "GBP", "time_zone": "Europe/London", "return_prefix": "C"},
    ),
    Preset(
        "olist",
        _("Olist: orders"),
        {
            "number": "order_id",
            "customer": "customer_id",
            "state": "order_status",
            "bought_at": "order_purchase_timestamp",
            "delivered_at": "order_delivered_customer_date",
        },
        {"source": "olist", "currency": "BRL", "time_zone": "America/Sao_Paulo"},
    ),
)
LINE_PRESETS = (
    Preset(
        "olist",
        _("Olist: order items"),
        {
            "number": "order_id",
            "line_no": "order_item_id",
            "article_code": "product_id",
            "unit_price": "price",
            "shipping": "freight_value",
        },
        {"source": "olist"},
    ),
)
PRODUCT_PRESETS = (
    Preset(
        "olist",
        _("Olist: products"),
        {"model": "product_id", "category": "product_category_name"},
        {"source": "olist"},
    ),
)
SCORE_PRESETS = (
    Preset(
        "olist",
        _("Olist: order reviews"),
        {
            "number": "review_id",
            "purchase": "order_id",
            "score": "review_score",
            "title": "review_comment_title",
            "words": "review_comment_message",
            "given_at": "review_creation_date",
        },
        {"source": "olist", "scale_max": "5", "time_zone": "America/Sao_Paulo"},
    ),
)
