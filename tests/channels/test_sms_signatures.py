"""The signatures are those of the documents: their published examples, by the product and by the test's peers."""

from __future__ import annotations

from datetime import UTC, datetime

from huiyin.channels.kinds.sms_out.providers.aliyun.signing import canonical_query, signed_headers
from huiyin.channels.kinds.sms_out.providers.tencent.signing import authorization
from tests.channels.sms_servers import acs3_signature, tc3_signature

# help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature, "固定参数示例"
ALIYUN = "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
ALIYUN_QUERY = {"ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId": "cn-shanghai"}
# cloud.tencent.com/document/api/362/4208: the key is 32 stars, the words in the payload are escaped
TENCENT = "10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"
STARS = "*" * 32
PAYLOAD = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'


def aliyun_headers() -> dict[str, str]:
    return signed_headers(
        host="ecs.cn-shanghai.aliyuncs.com",
        action="RunInstances",
        version="2014-05-26",
        query=canonical_query(ALIYUN_QUERY),
        key_id="YourAccessKeyId",
        key="YourAccessKeySecret",
        now=datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC),
        nonce="3156853299f313e23d1673dc12e1703d",
    )


def test_the_published_example_of_alibaba_cloud_is_signed_as_published() -> None:
    headers = aliyun_headers()
    assert headers["authorization"] == (
        "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;x-acs-content-sha256;x-acs-date;"
        f"x-acs-signature-nonce;x-acs-version,Signature={ALIYUN}"
    )


def test_the_test_peer_of_alibaba_cloud_agrees_with_the_published_example() -> None:
    headers = aliyun_headers()
    names = "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version"
    query = canonical_query(ALIYUN_QUERY)
    assert acs3_signature("YourAccessKeySecret", "POST", "/", query, headers, names) == ALIYUN
    assert acs3_signature("another", "POST", "/", query, headers, names) != ALIYUN


def test_queries_are_encoded_as_the_document_asks() -> None:
    assert canonical_query({"b": "a b*~", "a": "【回】"}) == "a=%E3%80%90%E5%9B%9E%E3%80%91&b=a%20b%2A~"


def test_the_published_example_of_tencent_cloud_is_signed_as_published() -> None:
    signed = authorization(
        host="cvm.tencentcloudapi.com",
        service="cvm",
        action="DescribeInstances",
        payload=PAYLOAD,
        key_id=f"AKID{STARS}",
        key=STARS,
        now=datetime.fromtimestamp(1551113065, UTC),
    )
    assert signed == (
        f"TC3-HMAC-SHA256 Credential=AKID{STARS}/2019-02-25/cvm/tc3_request, "
        f"SignedHeaders=content-type;host;x-tc-action, Signature={TENCENT}"
    )


def test_the_test_peer_of_tencent_cloud_agrees_with_the_published_example() -> None:
    headers = {
        "content-type": "application/json; charset=utf-8",
        "host": "cvm.tencentcloudapi.com",
        "x-tc-action": "DescribeInstances",
        "x-tc-timestamp": "1551113065",
    }
    assert tc3_signature(STARS, headers, "content-type;host;x-tc-action", PAYLOAD, "cvm") == TENCENT
