package org.catalogdrop.config;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Certificate authorities that are trusted besides Java's own, such as that of a company's TLS proxy. */
final class TrustedCertificates {

    private TrustedCertificates() {}

    /**
     * Makes a TLS context that trusts Java's authorities and those of a file.
     *
     * @param file certificates in PEM, or a key store (PKCS12 or JKS)
     * @param password of the key store; PEM needs none
     * @throws IOException if the file cannot be read or has no certificate
     * @throws GeneralSecurityException if a certificate or the password is wrong
     */
    static SSLContext load(Path file, String password) throws IOException, GeneralSecurityException {
        List<Certificate> all = new ArrayList<>(isPem(file) ? pem(file) : stored(file, password));
        if (all.isEmpty()) {
            throw new IOException("it has no certificate");
        }
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager own) {
                Collections.addAll(all, own.getAcceptedIssuers());
            }
        }
        KeyStore together = KeyStore.getInstance("PKCS12");
        together.load(null, null);
        for (Certificate certificate : all) {
            together.setCertificateEntry("authority-" + together.size(), certificate);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers(together), null);
        return context;
    }

    private static TrustManager[] managers(KeyStore store) throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static boolean isPem(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                .contains("-----BEGIN CERTIFICATE-----");
    }

    private static List<? extends Certificate> pem(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
        }
    }

    private static List<Certificate> stored(Path file, String password) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
        List<Certificate> found = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.getCertificate(alias) instanceof X509Certificate certificate) {
                found.add(certificate);
            }
        }
        return found;
    }
}
