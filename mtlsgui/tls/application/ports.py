"""What is most likely spoken inside TLS on a port (IANA's registry of service names)."""

from mtlsgui.tls.question import Protocol, StartTls

_PORTS = {
    21: Protocol.FTP,
    25: Protocol.SMTP,
    110: Protocol.POP3,
    143: Protocol.IMAP,
    389: Protocol.LDAP,
    465: Protocol.SMTP,
    587: Protocol.SMTP,
    636: Protocol.LDAP,
    853: Protocol.NONE,  # DNS
    989: Protocol.NONE,  # FTP's data
    990: Protocol.FTP,
    993: Protocol.IMAP,
    995: Protocol.POP3,
    2525: Protocol.SMTP,
    3268: Protocol.LDAP,
    3269: Protocol.LDAP,
    3306: Protocol.MYSQL,
    5222: Protocol.XMPP,
    5223: Protocol.XMPP,
    5269: Protocol.XMPP,
    5270: Protocol.XMPP,
    5432: Protocol.POSTGRES,
    5671: Protocol.NONE,  # AMQP
    6379: Protocol.REDIS,
    6380: Protocol.REDIS,
    6514: Protocol.NONE,  # syslog
    8883: Protocol.MQTT,
}


def for_port(port: int) -> Protocol:
    """HTTP for all ports that are not known for something else."""
    return _PORTS.get(port, Protocol.HTTP)


def for_starttls(starttls: StartTls) -> Protocol:
    return Protocol(starttls.value)
