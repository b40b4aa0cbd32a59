package dev.tapeline.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tapeline.rest.http.ProblemException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishRequestTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"p\": 1.50 ,\n \"q\":[1, 2,{}] }",
        "[]",
        "1",
        "-1.50e+3",
        "0.10000000000000000000000000001",
        "true",
        "null",
        "\"a \\u00e9 é \\\" 😀 }\"",
        "\"\"",
      })
  void dataIsTheSliceOfTheBody(String data) {
    for (String body :
        new String[] {
          "{\"channel\":\"c\",\"data\":" + data + "}",
          "{\"channel\":\"c\",\"data\": \t" + data + " \n}",
          " { \"data\" : " + data + " , \"channel\" : \"c\" } \n",
        }) {
      PublishRequest request = PublishRequest.parse(body.getBytes(UTF_8));
      assertEquals(data, new String(request.data(), UTF_8), body);
      assertEquals("c", request.channel());
    }
  }

  @Property(tries = 300)
  void bytesLeaveAsTheyCame(@ForAll("json") String data) {
    byte[] body = ("{\"channel\":\"é\",\"data\":" + data + "}").getBytes(UTF_8);
    assertArrayEquals(data.getBytes(UTF_8), PublishRequest.parse(body).data());
  }

  @Provide
  Arbitrary<String> json() {
    Arbitrary<String> blank = Arbitraries.strings().withChars(" \t\r\n").ofMaxLength(2);
    Arbitrary<String> text =
        Arbitraries.strings()
            .withCharRange('#', '[')
            .withChars("é\u4e2d")
            .ofMaxLength(8)
            .map(s -> '"' + s.replace("\\", "") + '"');
    Arbitrary<String> leaf =
        Arbitraries.oneOf(
            text,
            Arbitraries.integers().map(String::valueOf),
            Arbitraries.bigDecimals().ofScale(4).map(Object::toString),
            Arbitraries.of("true", "false", "null", "1E5"));
    return Arbitraries.recursive(
        () -> leaf,
        inner ->
            Arbitraries.oneOf(
                inner.list().ofMaxSize(3).map(list -> "[" + String.join(", ", list) + "]"),
                inner
                    .list()
                    .ofMaxSize(2)
                    .flatMap(list ->
                        blank.map(gap -> {
                          StringBuilder out = new StringBuilder("{" + gap);
                          for (int i = 0; i < list.size(); i++) {
                            out.append(i > 0 ? "," : "").append("\"k").append(i);
                            out.append('"').append(gap).append(':').append(list.get(i));
                          }
                          return out.append(gap).append('}').toString();
                        }))),
        0,
        3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"channel\":\"c\"}",
        "{\"data\":1}",
        "{\"channel\":1,\"data\":1}",
        "{\"channel\":\"c\",\"data\":}",
        "{\"channel\":\"c\",\"data\":{\"a\":01}}",
        "{\"channel\":\"c\",\"data\":1,\"data\":2}",
        "{\"channel\":\"c\",\"data\":1,\"date\":2}",
        "{\"channel\":\"c\",\"data\":1}{}",
        "{\"channel\":\"c\",\"data\":'1'}",
        "{\"channel\":\"c\",\"data\":NaN}",
        "{\"channel\":\"c\",\"data\":[1,]}",
        "{\"channel\":\"c\",\"data\":\"\t\"}",
      })
  void whatIsNoRequestIsRefused(String body) {
    ProblemException e =
        assertThrows(ProblemException.class, () -> PublishRequest.parse(body.getBytes(UTF_8)));
    assertEquals(400, e.problem().status());
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0xc0, 0xff})
  void whatIsNotUtf8IsRefused(int wrong) {
    byte[] body = "{\"channel\":\"c\",\"data\":\"x\"}".getBytes(UTF_8);
    body[body.length - 3] = (byte) wrong;
    assertThrows(ProblemException.class, () -> PublishRequest.parse(body));
  }
}
