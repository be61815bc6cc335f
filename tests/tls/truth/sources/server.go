// An HTTPS server of Go's standard library that demands client certificates.
// Arguments: the server's chain and key, the clients' CA, all PEM files.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
)

func main() {
	authorities := x509.NewCertPool()
	pem, err := os.ReadFile(os.Args[3])
	if err != nil || !authorities.AppendCertsFromPEM(pem) {
		log.Fatal("no CA")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("PORT", listener.Addr().(*net.TCPAddr).Port)
	server := http.Server{
		Handler: http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
			io.WriteString(answer, request.TLS.PeerCertificates[0].Subject.CommonName)
		}),
		TLSConfig: &tls.Config{ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: authorities},
		ErrorLog:  log.New(io.Discard, "", 0),
	}
	log.Fatal(server.ServeTLS(listener, os.Args[1], os.Args[2]))
}
