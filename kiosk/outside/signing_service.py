"""Signatures by a service beside us, for the national algorithms, whose code we neither ship nor know."""

from base64 import b64encode
from pathlib import Path
from typing import Any

import httpx
from lxml import etree

from kiosk.outside.markup import MarkupWrong, parse
from kiosk.outside.signing import DS, SOAP, WSSE, WSU, SignatureWrong
from kiosk.outside.transport import client

_URI = f"./{{{SOAP}}}Header/{{{WSSE}}}Security/{{{DS}}}Signature/{{{DS}}}SignedInfo/{{{DS}}}Reference"


class _Service:
    def __init__(self, address: str, timeout: float) -> None:
        self._address, self._timeout = address.rstrip("/"), timeout
        self._client = client()

    def _answer(self, path: str, asked: dict[str, Any]) -> dict[str, Any]:
        try:
            response = self._client.post(self._address + path, json=asked, timeout=self._timeout)
            answer = response.json() if response.status_code == 200 else None
        except (httpx.HTTPError, ValueError):
            raise SignatureWrong from None
        if not isinstance(answer, dict):
            raise SignatureWrong
        return answer


class ServiceSigner(_Service):
    """Signs through POST /wsse/sign with the key container that we send along, over a line of the same machine."""

    def __init__(self, address: str, timeout: float, key: Path, password: str) -> None:
        super().__init__(address, timeout)
        self._key, self._password = key, password

    def sign(self, envelope: etree._Element) -> bytes:
        """Fulfils Signer."""
        try:
            key = b64encode(self._key.read_bytes()).decode()
        except OSError:
            raise SignatureWrong from None
        xml = etree.tostring(envelope, encoding="unicode")
        answer = self._answer("/wsse/sign", {"xml": xml, "key": key, "password": self._password})
        signed = answer.get("xml")
        if not isinstance(signed, str) or not signed:
            raise SignatureWrong
        return signed.encode("utf-8")


class ServiceVerifier(_Service):
    """Verifies through POST /wsse/verify and trusts the certificates with the serial numbers it was given."""

    def __init__(self, address: str, timeout: float, serials: frozenset[str]) -> None:
        super().__init__(address, timeout)
        self._serials = serials

    def verify(self, envelope: etree._Element) -> etree._Element:
        """Fulfils Verifier: what is signed is settled here, because the service only says that something is."""
        body = _signed_body(envelope)
        answer = self._answer("/wsse/verify", {"xml": etree.tostring(envelope, encoding="unicode")})
        signers = answer.get("signers")
        if answer.get("valid") is not True or not isinstance(signers, list) or not signers:
            raise SignatureWrong
        if not all(isinstance(one, dict) and one.get("serialNumber") in self._serials for one in signers):
            raise SignatureWrong
        return body

    def verify_bytes(self, content: bytes, signature: str) -> None:
        """Fulfils Verifier: the service has no such question, so nothing passes."""
        raise SignatureWrong


def _signed_body(envelope: etree._Element) -> etree._Element:
    """The Body, if the one signature of this envelope is over the one element with its id."""
    bodies = envelope.findall(f"./{{{SOAP}}}Body")
    references = envelope.findall(_URI)
    if len(bodies) != 1 or len(references) != 1 or len(list(envelope.iter(f"{{{DS}}}Signature"))) != 1:
        raise SignatureWrong
    name = bodies[0].get(f"{{{WSU}}}Id")
    same = [one for one in envelope.iter() if name in one.attrib.values()]
    if not name or references[0].get("URI") != f"#{name}" or len(same) != 1:
        raise SignatureWrong
    try:
        return parse(etree.tostring(bodies[0]))
    except MarkupWrong:
        raise SignatureWrong from None
