package dev.tapeline.feed.dhan.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.tapeline.feed.dhan.rest.DhanAnswer.Failure;
import dev.tapeline.feed.dhan.rest.DhanAnswer.Kind;
import dev.tapeline.feed.dhan.rest.DhanAnswer.NoData;
import dev.tapeline.feed.dhan.rest.DhanAnswer.Success;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerParserTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"status\":\"success\",\"data\":{\"a\":1}} | {\"a\":1}",
        "{\"data\":{\"NSE_EQ\":{}},\"status\":\"success\"} | {\"NSE_EQ\":{}}",
        "{\"dhanClientId\":\"1\"} | {\"dhanClientId\":\"1\"}",
        "{\"data\":{\"ce\":{}}} | {\"ce\":{}}",
        "[] | []",
        "{\"open\":[1.5]} | {\"open\":[1.5]}",
      })
  void eachFamilyOfAnswersIsASuccess(String body, String data) {
    assertEquals(data, assertInstanceOf(Success.class, parse(200, body)).data().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"errorType\":\"Order_Error\",\"errorCode\":\"DH-906\",\"errorMessage\":"
            + "\"Invalid Token\"} | AUTH | DH-906: Invalid Token",
        "400 | {\"errorCode\":\"DH-906\",\"errorMessage\":\"Bad\"} | INPUT | DH-906: Bad",
        "401 | {\"errorCode\":\"DH-901\",\"errorMessage\":\"expired\"} | AUTH | DH-901: expired",
        "400 | {\"errorCode\":\"DH-902\",\"errorMessage\":\"None\"} | PLAN | DH-902: None",
        "429 | {\"errorCode\":\"DH-904\",\"errorMessage\":\"Slow\"} | RATE | DH-904: Slow",
        "400 | {\"errorCode\":806,\"errorMessage\":\"x\"} | PLAN | 806: x",
        "500 | {\"errorCode\":\"DH-908\",\"errorMessage\":\"x\"} | VENDOR | DH-908: x",
        "400 | {\"status\":\"failed\",\"data\":{\"813\":\"Invalid SecurityId\"}}"
            + " | INPUT | 813: Invalid SecurityId",
        "200 | {\"status\":\"failed\",\"data\":{\"808\":\"Failed\"}} | AUTH | 808: Failed",
        "429 | {\"data\":{\"805\":\"Too many requests.\"}} | RATE | 805: Too many requests.",
        "429 | {\"data\":{\"805\":\"Too many\"},\"status\":\"failed\"} | RATE | 805: Too many",
        "404 | {\"timestamp\":1,\"status\":404,\"error\":\"Not Found\",\"path\":\"/v2/x\"}"
            + " | INPUT | HTTP 404: Not Found",
        "400 | {\"status\":\"failure\",\"errorType\":\"x\",\"errorCode\":\"E001\"}"
            + " | INPUT | E001",
        "200 | {\"status\":\"error\",\"message\":\"Invalid TOTP\"}"
            + " | REFUSED | HTTP 200: Invalid TOTP",
        "200 | [{\"message\":\"No IP\",\"status\":\"ERROR\"}] | REFUSED | HTTP 200: No IP",
        "503 | <html>busy</html> | VENDOR | HTTP 503: <html>busy</html>",
        "200 | <html>login</html> | NOT_JSON | HTTP 200: <html>login</html>",
        "204 | '' | NOT_JSON | HTTP 204: empty",
        "429 | '' | RATE | HTTP 429: empty",
        "200 | \"text\" | NOT_JSON | HTTP 200: \"text\"",
        "200 | {\"data\": | NOT_JSON | HTTP 200: {\"data\":",
      })
  void eachFormOfErrorsIsAFailure(int status, String body, Kind kind, String text) {
    Failure failure = assertInstanceOf(Failure.class, parse(status, body));
    assertEquals(kind, failure.kind());
    assertEquals(text, failure.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"errorCode\":\"DH-905\",\"errorMessage\":\"System is unable to fetch data due to"
            + " incorrect parameters or no data present\"}",
        "500 | {\"errorCode\":\"DH-1111\",\"errorMessage\":\"No holdings available\"}",
      })
  void nothingToAnswerIsNoFailure(int status, String body) {
    assertInstanceOf(NoData.class, parse(status, body));
  }

  @Test
  void tokensAndLongTextsAreCut() {
    String token = "eyJhbGciOiJIUzUxMiJ9.eyJpc3MiOiJkaGFuIn0.aVerySecretSignature";
    Failure failure =
        assertInstanceOf(
            Failure.class,
            parse(
                500,
                "{\"errorCode\":\"DH-908\",\"errorMessage\":\"%s %s\"}"
                    .formatted(token, "x".repeat(1_000))));
    assertFalse(failure.toString().contains("Secret"), failure.toString());
    assertEquals(true, failure.text().length() <= 500);
  }

  @Property
  void anyBytesAreAnAnswer(@ForAll int status, @ForAll byte[] body) {
    assertNotNull(AnswerParser.parse(status, body));
  }

  private static DhanAnswer parse(int status, String body) {
    return AnswerParser.parse(status, body.getBytes(StandardCharsets.UTF_8));
  }
}
