// An HTTPS server of Node that demands client certificates.
// Arguments: the server's chain and key, the clients' CA and its revocation lists, all PEM files.
const fs = require('fs'), https = require('https');
const [cert, key, ca, crls] = process.argv.slice(2).map(name => fs.readFileSync(name, 'utf8'));
const crl = crls.match(/-----BEGIN[^]*?-----END X509 CRL-----\n/g);  // each a string of its own
const server = https.createServer(
  {cert, key, ca, crl, requestCert: true, rejectUnauthorized: true},
  (request, response) => response.end(request.socket.getPeerCertificate().subject.CN));
server.listen(0, '127.0.0.1', () => console.log('PORT ' + server.address().port));
