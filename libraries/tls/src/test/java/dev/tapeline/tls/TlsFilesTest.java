package dev.tapeline.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests which files are accepted, and the messages about the others. */
class TlsFilesTest {

  private static TestCertificate ec;
  private static TestCertificate rsa;

  @TempDir Path folder;

  @BeforeAll
  static void make() {
    ec = TestCertificate.of("ec");
    rsa = TestCertificate.of("rsa", TestCertificate.RSA);
  }

  @Test
  void keysOfEachAlgorithmAreTaken() throws IOException {
    TestCertificate ed = TestCertificate.of("ed", List.of("-keyalg", "Ed25519"));
    for (TestCertificate each : List.of(ec, rsa, ed)) {
      CertifiedKey pair = each.write(folder).load();
      assertEquals(each.certificate(), pair.chain().getFirst());
      assertTrue(pair.context().isServer());
    }
  }

  @Test
  void chainIsReadInOrderAndEndsWithItsFirstEnd() throws IOException {
    TestCertificate old =
        TestCertificate.of("old", TestCertificate.EC, "-startdate", "-10d", "-validity", "5");
    TlsFiles files = ec.write(folder);
    Files.writeString(files.certificate(), ec.certificatePem() + old.certificatePem());
    CertifiedKey pair = files.load();
    assertEquals(List.of(ec.certificate(), old.certificate()), pair.chain());
    assertEquals(old.certificate().getNotAfter().toInstant(), pair.expires());
    assertFalse(pair.toString().contains("PrivateKey"), pair.toString());
  }

  @Test
  void filesThatAreWrongAreNamedWithTheRemedy() throws IOException {
    TlsFiles files = ec.write(folder);
    assertRefused(new TlsFiles(folder.resolve("none"), files.key()), "none' does not exist");
    assertRefused(new TlsFiles(files.key(), files.key()), "tls.key' has no PEM block");
    assertRefused(
        new TlsFiles(files.certificate(), files.certificate()), "has no PEM block 'PRIVATE KEY'");
    Files.writeString(files.key(), rsa.keyPem());
    assertRefused(files, "does not belong to the first certificate in the file");
    Files.writeString(files.key(), TestCertificate.of("other").keyPem());
    assertRefused(files, "does not belong to the first certificate in the file");
  }

  @Test
  void keysInOtherFormsAreNamedWithTheCommandThatConvertsThem() throws IOException {
    TlsFiles files = ec.write(folder);
    for (String kind : List.of("RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY")) {
      Files.writeString(files.key(), ec.keyPem().replace("PRIVATE KEY", kind));
      assertRefused(files, "holds an '" + kind + "'");
      assertRefused(files, "openssl pkcs8 -topk8 -nodes -in OLD -out");
    }
    Files.writeString(files.key(), ec.keyPem().replaceFirst("\nM", "\nA"));
    assertRefused(files, "damaged");
  }

  private static void assertRefused(TlsFiles files, String why) {
    String said = assertThrows(TlsException.class, files::load).getMessage();
    assertTrue(said.contains(why), said);
  }
}
