"""What is signed or sent: CMS, OCSP, time stamps, attribute certificates, SPKAC."""
