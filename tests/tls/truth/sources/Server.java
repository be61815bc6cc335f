import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.X509CertSelector;
import java.util.EnumSet;
import java.util.concurrent.Executors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * The JDK's HttpsServer, and beside it plain TLS sockets: both demand client certificates and know
 * revocation lists.
 * Arguments: a PKCS#12 file of the server and its passphrase, the clients' CA and its lists (PEM).
 */
class Server {
    public static void main(String[] arguments) throws Exception {
        var certificates = CertificateFactory.getInstance("X.509");
        var passphrase = arguments[1].toCharArray();
        var own = KeyStore.getInstance("PKCS12");
        own.load(new FileInputStream(arguments[0]), passphrase);
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, passphrase);

        var anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("ca",
            certificates.generateCertificate(new FileInputStream(arguments[2])));
        var rules = new PKIXBuilderParameters(anchors, new X509CertSelector());
        var lists = certificates.generateCRLs(new FileInputStream(arguments[3]));
        rules.addCertStore(
            CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
        var revocation =
            (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
        revocation.setOptions(EnumSet.of(
            PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
        rules.addCertPathChecker(revocation);
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(new CertPathTrustManagerParameters(rules));

        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        var server =
            HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters chosen = context.getDefaultSSLParameters();
                chosen.setNeedClientAuth(true);
                parameters.setSSLParameters(chosen);
            }
        });
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 3);
            exchange.getResponseBody().write("ok\n".getBytes());
            exchange.close();
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();

        var sockets = (SSLServerSocket) context.getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        sockets.setNeedClientAuth(true);
        System.out.println("PORT " + server.getAddress().getPort() + " " + sockets.getLocalPort());
        while (true) {
            var socket = sockets.accept();
            new Thread(() -> answer(socket)).start();
        }
    }

    private static void answer(Socket accepted) {
        try (var socket = accepted) {
            if (socket.getInputStream().read(new byte[4096]) > 0) {
                socket.getOutputStream().write(
                    "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok\n".getBytes());
            }
        } catch (IOException refused) {
            // TLS has told the client.
        }
    }
}
