package dev.tapeline.chaos.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CheckerTest {

  private static RecordVerdict check(List<Event> events) {
    AtomicLong line = new AtomicLong();
    return Checker.check(
        events.stream().map(event -> new Entry(line.incrementAndGet(), line.get(), event)));
  }

  private static List<Breach> breaches(List<Event> events) {
    return check(events).findings().stream().map(BrokenLaw::breach).distinct().toList();
  }

  @Property(tries = 300)
  void correctRecordsPass(@ForAll long seed) {
    RecordVerdict verdict = check(HistoryModel.correct(seed));
    assertEquals(List.of(), verdict.findings());
    assertTrue(verdict.frames() > 0 && verdict.publications() > 0);
  }

  @Property(tries = 1500)
  void eachPlantedFaultIsFound(@ForAll Planted fault, @ForAll long seed) {
    List<Event> correct = HistoryModel.correct(seed);
    var faulty = fault.plant(correct, new Random(seed));
    Assume.that(faulty.isPresent());
    List<Breach> found = breaches(faulty.get());
    assertTrue(found.stream().anyMatch(fault.found::contains), fault + " showed as " + found);
  }

  @Property(tries = 100)
  void recordsAreWrittenAndRead(@ForAll long seed) {
    List<Event> events = HistoryModel.correct(seed);
    List<Event> read = new ArrayList<>();
    for (Event event : events) {
      read.add(RecordText.parse(1, RecordText.write(7, event)).event());
    }
    assertEquals(events, read);
  }

  @Test
  void aFindingNamesClientChannelNumbersAndLines() {
    List<BrokenLaw> findings =
        check(
                List.of(
                    new Event.Attempted("p", "trade@A", 1, "d1"),
                    new Event.Acknowledged("p", "trade@A", 1, new Position("e", 6)),
                    new Event.Connected("c", "n"),
                    new Event.Asked("c", "trade@A", false, null),
                    new Event.Subscribed("c", "trade@A", new Position("e", 3), false),
                    new Event.Data("c", "trade@A", 6, null, "d1")))
            .findings();
    assertEquals(
        List.of(
            new BrokenLaw(
                Breach.SEAM_LOST,
                "c",
                "trade@A",
                "e",
                4,
                5,
                List.of(6L),
                "left out, and not told to be missing")),
        findings);
  }

  @Test
  void whatANodeSilentlyMissedIsFound() {
    assertEquals(
        List.of(Breach.LOST),
        breaches(
            List.of(
                new Event.Attempted("p", "ticker@A", 1, "d1"),
                new Event.Acknowledged("p", "ticker@A", 1, null),
                new Event.Attempted("p", "ticker@A", 2, "d2"),
                new Event.Acknowledged("p", "ticker@A", 2, null),
                new Event.Attempted("p", "ticker@A", 3, "d3"),
                new Event.Connected("c", "n"),
                new Event.Asked("c", "ticker@A", false, null),
                new Event.Subscribed("c", "ticker@A", new Position("e", 0), false),
                new Event.Data("c", "ticker@A", 1, null, "d1"),
                new Event.Data("c", "ticker@A", 2, null, "d3"))));
  }

  @Test
  void aPlainEpochThatOneClientIsNotToldIsFound() {
    assertEquals(
        List.of(Breach.SILENT_EPOCH),
        breaches(
            List.of(
                new Event.Attempted("p", "ticker@A", 1, "d1"),
                new Event.Connected("c1", "n"),
                new Event.Asked("c1", "ticker@A", false, null),
                new Event.Subscribed("c1", "ticker@A", new Position("e1", 0), false),
                new Event.Connected("c2", "n"),
                new Event.Asked("c2", "ticker@A", false, null),
                new Event.Subscribed("c2", "ticker@A", new Position("e1", 0), false),
                new Event.Epoch("c1", "ticker@A", new Position("e2", 0), "upstream"),
                new Event.Data("c1", "ticker@A", 1, null, "d1"),
                new Event.Data("c2", "ticker@A", 1, null, "d1"))));
  }

  @Test
  void aMergeInModeAllIsFound() {
    assertEquals(
        List.of(Breach.MERGED_IN_ALL),
        breaches(
            List.of(
                new Event.Attempted("p", "ticker@A", 1, "d1"),
                new Event.Connected("c", "n"),
                new Event.Asked("c", "ticker@A", false, null),
                new Event.Subscribed("c", "ticker@A", new Position("e", 3), false),
                new Event.Merged("c", "ticker@A", 4, 5, 2, null, "d1"))));
  }

  @Test
  void aClientThatIsNotBackIsFound() {
    assertEquals(
        List.of(Breach.NOT_LIVE),
        breaches(
            List.of(
                new Event.Connected("c", "n"),
                new Event.Asked("c", "ticker@A", false, null),
                new Event.Subscribed("c", "ticker@A", null, false),
                new Event.Quiet(),
                new Event.Attempted("p", "ticker@A", 1, "d1"),
                new Event.Acknowledged("p", "ticker@A", 1, null),
                new Event.Ended())));
  }

  @Test
  void aRepeatedPublicationHasOneNumberInAnEpoch() {
    assertEquals(
        List.of(Breach.NUMBER_TWICE),
        breaches(
            List.of(
                new Event.Attempted("p", "trade@A", 1, "d1"),
                new Event.Unclear("p", "trade@A", 1, "cut"),
                new Event.Attempted("p", "trade@A", 1, "d1"),
                new Event.Acknowledged("p", "trade@A", 1, new Position("e", 2)),
                new Event.Connected("c", "n"),
                new Event.Asked("c", "trade@A", false, null),
                new Event.Subscribed("c", "trade@A", new Position("e", 0), false),
                new Event.Data("c", "trade@A", 1, null, "d1"),
                new Event.Data("c", "trade@A", 2, null, "d1"))));
  }

  @Test
  void anOldPlainValueInFrontOfAnEpochIsNoPublicationOfIt() {
    assertEquals(
        List.of(),
        breaches(
            List.of(
                new Event.Attempted("p", "ticker@A", 1, "d1"),
                new Event.Connected("c", "n"),
                new Event.Asked("c", "ticker@A", false, null),
                new Event.Subscribed("c", "ticker@A", new Position("e", 0), false),
                new Event.Snapshot("c", "ticker@A", 0, null, "d1"))));
  }

  /** Two publications on a durable channel, the second one by a master that is then lost. */
  private static List<Event> failover(Event... after) {
    List<Event> events = new ArrayList<>();
    events.add(new Event.Connected("c", "n"));
    events.add(new Event.Asked("c", "trade@A", false, null));
    events.add(new Event.Subscribed("c", "trade@A", new Position("e1", 0), false));
    events.addAll(acknowledged(1, new Position("e1", 1)));
    events.add(new Event.Data("c", "trade@A", 1, null, "d1"));
    events.addAll(acknowledged(2, new Position("e1", 2)));
    events.addAll(List.of(after));
    return events;
  }

  private static List<Event> acknowledged(long number, Position position) {
    return List.of(
        new Event.Attempted("p", "trade@A", number, "d" + number),
        new Event.Acknowledged("p", "trade@A", number, position));
  }

  private static Event logged(String epoch, long seq, long number) {
    return new Event.Logged("trade@A", new Position(epoch, seq), "d" + number);
  }

  private static Event top(String epoch, long seq) {
    return new Event.Top("trade@A", new Position(epoch, seq), 1);
  }

  @Test
  void whatAFailoverLosesWithItsEpochIsAllowed() {
    List<Event> third = acknowledged(3, new Position("e2", 1));
    assertEquals(
        List.of(),
        breaches(
            failover(
                new Event.Epoch("c", "trade@A", new Position("e2", 0), "upstream"),
                third.get(0),
                third.get(1),
                new Event.Data("c", "trade@A", 1, null, "d3"),
                logged("e2", 1, 3),
                top("e2", 1))));
  }

  @Test
  void whatAFormerMasterAcknowledgesBelongsToItsEpoch() {
    List<Event> third = acknowledged(3, new Position("e2", 1));
    List<Event> fourth = acknowledged(4, new Position("e1", 3));
    assertEquals(
        List.of(),
        breaches(
            failover(
                new Event.Epoch("c", "trade@A", new Position("e2", 0), "upstream"),
                third.get(0),
                third.get(1),
                fourth.get(0),
                fourth.get(1),
                new Event.Data("c", "trade@A", 1, null, "d3"),
                logged("e2", 1, 3),
                top("e2", 1))));
  }

  @Test
  void aFailoverThatUsesALostNumberAgainIsFound() {
    List<Event> third = acknowledged(3, new Position("e1", 2));
    assertEquals(
        List.of(Breach.NUMBER_TWICE, Breach.NOT_THE_SAME),
        breaches(
            failover(
                third.get(0),
                third.get(1),
                new Event.Data("c", "trade@A", 2, null, "d3"),
                logged("e1", 1, 1),
                logged("e1", 2, 3),
                top("e1", 2))));
  }

  @Test
  void aFailoverThatLosesAndKeepsItsEpochIsFound() {
    assertEquals(
        List.of(Breach.ACKNOWLEDGED_LOST), breaches(failover(logged("e1", 1, 1), top("e1", 1))));
  }

  @Test
  void aRefusalOfARepeatSaysNothingOfTheFirstAttempt() {
    assertEquals(
        List.of(),
        breaches(
            List.of(
                new Event.Attempted("p", "trade@A", 1, "d1"),
                new Event.Unclear("p", "trade@A", 1, "cut"),
                new Event.Attempted("p", "trade@A", 1, "d1"),
                new Event.Refused("p", "trade@A", 1, "CLUSTERDOWN"),
                new Event.Connected("c", "n"),
                new Event.Asked("c", "trade@A", false, null),
                new Event.Subscribed("c", "trade@A", new Position("e", 0), false),
                new Event.Data("c", "trade@A", 1, null, "d1"))));
  }

  @Test
  void aRefusalOfEachAttemptIsOne() {
    assertEquals(
        List.of(Breach.REFUSED_CAME),
        breaches(
            List.of(
                new Event.Attempted("p", "trade@A", 1, "d1"),
                new Event.Refused("p", "trade@A", 1, "MOVED"),
                new Event.Attempted("p", "trade@A", 1, "d1"),
                new Event.Refused("p", "trade@A", 1, "MOVED"),
                new Event.Connected("c", "n"),
                new Event.Asked("c", "trade@A", false, null),
                new Event.Subscribed("c", "trade@A", new Position("e", 0), false),
                new Event.Data("c", "trade@A", 1, null, "d1"))));
  }

  @Test
  void anAcknowledgementThatIsDoubtedAfterwardsMayBeLost() {
    assertEquals(
        List.of(),
        breaches(
            List.of(
                new Event.Attempted("p", "ticker@A", 1, "d1"),
                new Event.Acknowledged("p", "ticker@A", 1, null),
                new Event.Attempted("p", "ticker@A", 2, "d2"),
                new Event.Acknowledged("p", "ticker@A", 2, null),
                new Event.Unclear("p", "ticker@A", 2, "its server is gone"),
                new Event.Attempted("p", "ticker@A", 3, "d3"),
                new Event.Acknowledged("p", "ticker@A", 3, null),
                new Event.Connected("c", "n"),
                new Event.Asked("c", "ticker@A", false, null),
                new Event.Subscribed("c", "ticker@A", new Position("e", 0), false),
                new Event.Data("c", "ticker@A", 1, null, "d1"),
                new Event.Data("c", "ticker@A", 2, null, "d3"))));
  }
}
