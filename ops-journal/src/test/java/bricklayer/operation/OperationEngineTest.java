package bricklayer.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.fault.Faults;
import bricklayer.host.HostName;
import bricklayer.host.HostReader;
import bricklayer.operation.ToyWorld.Make;
import bricklayer.operation.ToyWorld.Thing;
import bricklayer.operation.ToyWorld.ThingId;
import bricklayer.store.Schema;
import bricklayer.store.codec.JsonCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The engine on toy hosts: each kind of plan through the failing-step loop, then the rules one by one. */
class OperationEngineTest {

    private static Lane tower(String host, String prefix) {
        return Lane.of(
                new Make(host, "", prefix + "1", true),
                new Make(host, prefix + "1", prefix + "2", true),
                new Make(host, prefix + "2", prefix + "3", true));
    }

    private static Lane irreversible(Lane lane) {
        return new Lane(lane.steps().stream()
                .map(step -> (Make) step)
                .<Step>map(make -> new Make(make.hostName(), make.base(), make.thing(), false))
                .toList());
    }

    private static Thing thing(String name) {
        return new Thing(new ThingId(name), "red");
    }

    static final Planner CREATE = (rows, attempt) -> Plan.of("create")
            .creates(
                    Thing.TABLE,
                    List.of(thing("a1"), thing("a2"), thing("a3"), thing("b1"), thing("b2"), thing("b3"), thing("top")))
            .stage("towers", tower("left", "a"), tower("right", "b"))
            .stage("top", Lane.of(new Make("left", "a3", "top", true)))
            .resource("/things/top")
            .build();

    static final Planner DELETE = (rows, attempt) -> {
        PlanBuilder plan = Plan.of("delete");
        rows.all(Thing.TABLE).forEach(thing -> plan.deletes(Thing.TABLE, thing));
        return plan.pivot()
                .stage("top", Lane.of(new Make("left", "a3", "top", true)).reversed())
                .stage(
                        "towers",
                        tower("left", "a").reversed(),
                        tower("right", "b").reversed())
                .build();
    };

    /** Makes c1, then (not to be taken back) c2 on it, then removes the b tower. */
    static final Planner SWAP = (rows, attempt) -> {
        PlanBuilder plan = Plan.of("swap").creates(Thing.TABLE, List.of(thing("c1"), thing("c2")));
        for (String old : List.of("b1", "b2", "b3")) {
            plan.deletes(Thing.TABLE, thing(old));
        }
        return plan.stage("new", Lane.of(new Make("right", "", "c1", true)))
                .pivot()
                .stage("swap", irreversible(Lane.of(new Make("right", "c1", "c2", true))))
                .stage("old", tower("right", "b").reversed())
                .build();
    };

    /** The same, but nobody waits for the b tower. */
    static final Planner SWAP_AND_LEAVE = (rows, attempt) -> {
        PlanBuilder plan = Plan.of("swap")
                .creates(Thing.TABLE, List.of(thing("c1"), thing("c2")))
                .stage("new", Lane.of(new Make("left", "", "c1", true)))
                .check(new Forbids("left", "forbidden"))
                .pivot()
                .stage("swap", irreversible(Lane.of(new Make("left", "c1", "c2", true))))
                .tail("remove-old");
        for (String old : List.of("b1", "b2", "b3")) {
            plan.deletes(Thing.TABLE, thing(old));
        }
        return plan.stage("old", tower("right", "b").reversed()).build();
    };

    /** Refuses while a thing is there. */
    record Forbids(String host, String thing) implements Check {
        @Override
        public String name() {
            return "forbids-" + thing;
        }

        @Override
        public void ask(HostReader hosts) {
            if (hosts.query(new HostName(host), new Make(host, "", thing, true).observe()) == Effect.PRESENT) {
                throw new Refused(thing + " is there");
            }
        }
    }

    /** Removes a tower from the top, a thing at a time. */
    record Clear(String host, String tower) implements Errand {
        @Override
        public String name() {
            return "clear";
        }
    }

    static final ErrandPlanner CLEARING = (rows, errand, attempt) -> {
        Clear clear = (Clear) errand;
        for (int n = 3; n >= 1; n--) {
            Optional<Thing> left = rows.get(Thing.TABLE, new ThingId(clear.tower() + n));
            if (left.isPresent()) {
                String base = n == 1 ? "" : clear.tower() + (n - 1);
                return Optional.of(Plan.of("remove-one")
                        .deletes(Thing.TABLE, left.get())
                        .pivot()
                        .stage(
                                "one",
                                Lane.of(new Make(clear.host(), base, clear.tower() + n, true))
                                        .reversed())
                        .build());
            }
        }
        return Optional.empty();
    };

    private static final Planner CLEAR_B = (rows, attempt) -> Plan.of("clear")
            .updates(Thing.TABLE, new Thing(new ThingId("top"), "green"))
            .errand(new Clear("right", "b"))
            .build();

    private static final Consumer<ToyWorld> ROWS_AND_HOSTS_AGREE =
            world -> assertThat(world.thingsOnHosts()).isEqualTo(world.thingsInRows());

    static ToyWorld world(Planner... planners) {
        Planner last = planners[planners.length - 1];
        ToyWorld world = new ToyWorld(w -> w.operations().submit(Request.COUNTED, last), ROWS_AND_HOSTS_AGREE);
        for (int i = 0; i < planners.length - 1; i++) {
            world.operations().submit(Request.COUNTED, planners[i]);
        }
        return world;
    }

    private static void loop(int stepsAndWrites, Planner... planners) {
        FailingStepLoop.Result result = new FailingStepLoop(() -> world(planners)).run();
        System.out.println(planners.length + " plans: " + result);
        assertThat(result.points()).isEqualTo(2 * stepsAndWrites);
    }

    @Test
    void createSurvivesEveryFault() {
        loop(7 + 2, CREATE);
    }

    @Test
    void deleteSurvivesEveryFault() {
        loop(7 + 3, CREATE, DELETE);
    }

    @Test
    void swapSurvivesEveryFault() {
        loop(1 + 1 + 3 + 3, CREATE, SWAP);
    }

    @Test
    void aSwapThatNeedNotWaitForItsEndSurvivesEveryFault() {
        loop(1 + 1 + 3 + 3, CREATE, SWAP_AND_LEAVE);
    }

    @Test
    void anErrandSurvivesEveryFault() {
        // its own begin and end, and for each of three operations: begin, pivot, step, end
        loop(2 + 3 * 4, CREATE, CLEAR_B);
    }

    @Test
    void anErrandEndsWhenNothingIsLeftToDo() {
        ToyWorld world = world(CREATE, CLEAR_B);
        OperationId id = world.operations().submit(Request.COUNTED, CLEAR_B);
        assertThat(world.operations().find(id).orElseThrow().state()).isEqualTo(OperationState.DONE);
        assertThat(world.thingsInRows()).containsExactly("a1", "a2", "a3", "top");
        assertThat(world.store
                        .rows()
                        .get(Thing.TABLE, new ThingId("top"))
                        .orElseThrow()
                        .color())
                .isEqualTo("green");
        world.check();
    }

    @Test
    void anErrandIsGivenUpWithTheReasonOfItsOperation() {
        ToyWorld world = world(CREATE, CLEAR_B);
        world.refused = Set.of("remove b2");
        OperationId id = world.operations().submit(Request.COUNTED, CLEAR_B);
        Operation given = world.operations().find(id).orElseThrow();
        assertThat(given.state()).isEqualTo(OperationState.ABORTED);
        assertThat(given.error().orElseThrow()).contains("remove-one", "remove b2");
        assertThat(world.thingsInRows()).contains("b1", "b2").doesNotContain("b3");
        assertThat(world.store
                        .rows()
                        .get(Thing.TABLE, new ThingId("top"))
                        .orElseThrow()
                        .color())
                .isEqualTo("red");
        world.check();
    }

    @Test
    void whatAnErrandCannotPlanIsItsAnswer() {
        ToyWorld world = world(CREATE);
        OperationId id = world.operations()
                .submit(
                        Request.COUNTED,
                        (rows, attempt) -> Plan.of("clear")
                                .updates(Thing.TABLE, new Thing(new ThingId("top"), "green"))
                                .errand(new Impossible())
                                .build());
        Operation given = world.operations().find(id).orElseThrow();
        assertThat(given.state()).isEqualTo(OperationState.ABORTED);
        assertThat(given.error().orElseThrow()).contains("Impossible");
    }

    /** A kind of errand that the planner does not know. */
    record Impossible() implements Errand {
        @Override
        public String name() {
            return "impossible";
        }
    }

    @Test
    void nobodyWaitsForATailThatMeetsAnObstacle() {
        ToyWorld world = world(CREATE, SWAP_AND_LEAVE);
        world.deadHosts.add("right");
        OperationId id = world.operations().submit(Request.COUNTED, SWAP_AND_LEAVE);
        assertThat(world.operations().find(id).orElseThrow().state()).isEqualTo(OperationState.DONE);
        Operation rest = Operation.open(world.store.rows()).getFirst();
        assertThat(rest.kind()).isEqualTo("remove-old");
        assertThat(Operation.holding(world.store.rows(), Thing.TABLE)).isNotEmpty();
        world.store
                .rows()
                .all(Thing.TABLE)
                .forEach(thing -> assertThat(Optional.ofNullable(Operation.holding(world.store.rows(), Thing.TABLE)
                                .get(thing.id().value())))
                        .isEqualTo(Operation.holding(world.store.rows(), Thing.TABLE, thing.id())));
        assertThat(rest.retry().obstacle().orElseThrow()).contains("right", "dead");
        assertThat(world.thingsInRows()).contains("b1", "b2", "b3", "c2");
        world.deadHosts.clear();
        world.recover();
        world.check();
        assertThat(world.thingsOnHosts()).containsExactly("a1", "a2", "a3", "c1", "c2", "top");
    }

    @Test
    void aCheckThatSaysNoIsTheAnswerAndLeavesEverythingAsItWas() {
        ToyWorld world = world(CREATE, SWAP_AND_LEAVE);
        world.hosts.computeIfAbsent("left", _ -> new java.util.TreeMap<>()).put("forbidden", "");
        Set<String> before = world.thingsOnHosts();
        OperationId id = world.operations().submit(Request.COUNTED.withTries(3), SWAP_AND_LEAVE);
        Operation refused = world.operations().find(id).orElseThrow();
        assertThat(refused.state()).isEqualTo(OperationState.ABORTED);
        assertThat(refused.error()).contains("forbidden is there");
        assertThat(world.thingsOnHosts()).isEqualTo(before);
    }

    @Test
    void anInterruptedCreateWithAKeyIsFinished() {
        Request keyed = Request.COUNTED.withKey(Optional.of(new RequestKey("k", "d")));
        new FailingStepLoop(() -> new ToyWorld(w -> w.operations().submit(keyed, CREATE), w -> {
                    ROWS_AND_HOSTS_AGREE.accept(w);
                    w.boot(Faults.NONE);
                    // whatever happened: the caller repeats the request and it has acted once
                    OperationId again = w.operations().submit(keyed, CREATE);
                    Operation op = w.operations().find(again).orElseThrow();
                    assertThat(op.state()).isIn(OperationState.DONE, OperationState.ABORTED);
                    assertThat(w.thingsOnHosts()).hasSize(op.state() == OperationState.DONE ? 7 : 0);
                }))
                .run();
    }

    @Test
    void aHalfThatACommandLeftIsCleared() {
        Planner fragile = (rows, attempt) -> Plan.of("fragile")
                .creates(Thing.TABLE, thing("fragile"))
                .stage("one", Lane.of(new Make("left", "", "fragile", true)))
                .build();
        ToyWorld world = world(fragile);
        world.act();
        world.recover();
        world.check();
        assertThat(world.thingsInRows()).isEmpty();
    }

    @Test
    void aRefusedDeleteLeavesEverythingAsItWas() {
        ToyWorld world = world(CREATE, DELETE);
        Set<String> before = world.thingsOnHosts();
        world.refused = Set.of("remove top");
        OperationId id = world.operations().submit(Request.COUNTED, DELETE);
        Operation op = world.operations().find(id).orElseThrow();
        assertThat(op.state()).isEqualTo(OperationState.ABORTED);
        assertThat(op.error().orElseThrow()).contains("reverse-make-top", "left", "refused");
        assertThat(world.thingsOnHosts()).isEqualTo(before);
        world.check();
    }

    @Test
    void pastThePivotItGoesForwardUntilItSucceeds() {
        ToyWorld world = world(CREATE, DELETE);
        world.refused = Set.of("remove b2");
        OperationId id = world.operations().submit(Request.COUNTED, DELETE);
        Operation stuck = world.operations().find(id).orElseThrow();
        assertThat(stuck.state()).isEqualTo(OperationState.RUNNING);
        assertThat(stuck.retry().failures()).isEqualTo(1);
        assertThat(stuck.retry().obstacle().orElseThrow()).contains("remove b2");
        assertThatThrownBy(() -> world.operations().submit(Request.COUNTED, DELETE))
                .isInstanceOf(RowHeld.class)
                .hasMessageContaining(id.value());
        world.refused = Set.of();
        world.recover();
        world.check();
        assertThat(world.thingsInRows()).isEmpty();
    }

    @Test
    void cleaningUpTriesWhatWaitsWithoutWaitingForItsTurn() {
        ToyWorld world = world(CREATE, DELETE);
        world.refused = Set.of("remove b2");
        OperationId stuck = world.operations().submit(Request.COUNTED, DELETE);
        OperationId inVain = world.operations().cleanUp(Request.UNCOUNTED, Set.of(stuck));
        assertThat(world.operations().find(stuck).orElseThrow().retry().failures())
                .isEqualTo(2);
        world.refused = Set.of();
        world.operations().cleanUp(Request.UNCOUNTED, Set.of(new OperationId("of-nobody"), inVain));
        assertThat(world.operations().find(stuck).orElseThrow().state()).isEqualTo(OperationState.RUNNING);

        OperationId id = world.operations().cleanUp(Request.UNCOUNTED, Set.of());

        assertThat(world.operations().find(stuck).orElseThrow().state()).isEqualTo(OperationState.DONE);
        assertThat(List.of(id, inVain)).allSatisfy(job -> {
            Operation ended = world.operations().find(job).orElseThrow();
            assertThat(ended.state()).isEqualTo(OperationState.DONE);
            assertThat(ended.resource()).isEmpty();
        });
        world.check();
        assertThat(world.thingsInRows()).isEmpty();
    }

    @Test
    void cleaningUpPassesOverWhatFindsNoPlace() {
        ToyWorld world = world(CREATE, DELETE);
        world.refused = Set.of("remove b2");
        OperationId stuck = world.operations().submit(Request.COUNTED, DELETE);
        world.refused = Set.of();
        world.settings = OperationSettings.DEFAULTS.withMaxInFlight(0);
        world.boot(Faults.NONE);
        assertThatThrownBy(() -> world.operations().refuseIfFull()).isInstanceOf(TooManyOperations.class);

        OperationId id = world.operations().cleanUp(Request.UNCOUNTED, Set.of());

        assertThat(world.operations().find(id).orElseThrow().state()).isEqualTo(OperationState.DONE);
        assertThat(world.operations().find(stuck).orElseThrow().state()).isEqualTo(OperationState.RUNNING);
    }

    @Test
    void cleaningUpIsDoneWhateverBecomesOfTheProcess() {
        FailingStepLoop.Result result = new FailingStepLoop(() ->
                        new ToyWorld(w -> w.operations().cleanUp(Request.UNCOUNTED, Set.of()), w -> {
                            ROWS_AND_HOSTS_AGREE.accept(w);
                            w.store
                                    .rows()
                                    .all(Operation.TABLE)
                                    .forEach(op -> assertThat(op.state()).isEqualTo(OperationState.DONE));
                        }))
                .run();
        assertThat(result.points()).isEqualTo(2 * 2);
    }

    @Test
    void aHostThatWasNeverReachedNeedsNoTakingBack() {
        ToyWorld world = world(CREATE);
        world.deadHosts.add("right");
        OperationId id = world.operations().submit(Request.COUNTED, CREATE);
        Operation op = world.operations().find(id).orElseThrow();
        assertThat(op.state()).isEqualTo(OperationState.ABORTED);
        assertThat(op.error().orElseThrow()).contains("right", "could not be sent");
        world.check();
    }

    @Test
    void aStepThatWorkedThoughItWasReportedAsFailedIsDone() {
        ToyWorld world = world(CREATE);
        world.boot(point -> {
            if (point.toString().equals("create/towers/make-a2@left:after")) {
                throw new NthFault.Injected(point);
            }
        });
        OperationId id = world.operations().submit(Request.COUNTED, CREATE);
        assertThat(world.operations().find(id).orElseThrow().state()).isEqualTo(OperationState.DONE);
        world.check();
    }

    @Test
    void anotherTryAvoidsTheHostThatFailed() {
        Planner choosy = (rows, attempt) -> attempt.failedHosts().isEmpty()
                ? CREATE.plan(rows, attempt)
                : Plan.of("create")
                        .creates(Thing.TABLE, thing("elsewhere"))
                        .stage("one", Lane.of(new Make("left", "", "elsewhere", true)))
                        .build();
        ToyWorld world = world(choosy);
        world.deadHosts.add("right");
        OperationId id = world.operations().submit(Request.COUNTED.withTries(3), choosy);
        assertThat(world.operations().find(id).orElseThrow().state()).isEqualTo(OperationState.DONE);
        assertThat(world.thingsOnHosts()).containsExactly("elsewhere");
        world.check();
    }

    @Test
    void anotherTrySurvivesEveryFault() {
        Planner choosy = (rows, attempt) -> attempt.failedHosts().isEmpty()
                ? CREATE.plan(rows, attempt)
                : Plan.of("create")
                        .creates(Thing.TABLE, thing("elsewhere"))
                        .stage("one", Lane.of(new Make("left", "", "elsewhere", true)))
                        .build();
        FailingStepLoop.Result result = new FailingStepLoop(() -> {
                    ToyWorld world = new ToyWorld(
                            w -> w.operations().submit(Request.COUNTED.withTries(2), choosy), ROWS_AND_HOSTS_AGREE);
                    world.refused = Set.of("make b2");
                    return world;
                })
                .run();
        assertThat(result.points()).isGreaterThan(2 * 7);
    }

    @Test
    void whatCannotBeUndoneNowIsUndoneLater() {
        ToyWorld world = world(CREATE);
        world.refused = Set.of("make top", "remove a2");
        OperationId id = world.operations().submit(Request.COUNTED, CREATE);
        Operation stuck = world.operations().find(id).orElseThrow();
        assertThat(stuck.state()).isEqualTo(OperationState.ROLLING_BACK);
        assertThat(stuck.error().orElseThrow()).contains("make top");
        assertThat(stuck.retry().obstacle().orElseThrow()).contains("remove a2");
        world.refused = Set.of();
        world.recover();
        world.check();
        assertThat(world.thingsOnHosts()).isEmpty();
    }

    @Test
    void aPlanWithoutStagesEndsInOneWrite() {
        ToyWorld world = world(CREATE);
        long before = world.store.rows().sequence();
        OperationId id = world.operations()
                .submit(
                        Request.UNCOUNTED,
                        (rows, attempt) -> Plan.of("name-it")
                                .creates(Thing.TABLE, thing("x"))
                                .build());
        assertThat(world.operations().find(id).orElseThrow().state()).isEqualTo(OperationState.DONE);
        assertThat(world.store.rows().sequence()).isEqualTo(before + 1);
    }

    @Test
    void aRefusingPlanEndsAtOnceWithItsReason() {
        ToyWorld world = world(CREATE);
        OperationId id = world.operations()
                .submit(
                        Request.COUNTED,
                        (rows, attempt) -> Plan.of("say-no")
                                .creates(Thing.TABLE, thing("x"))
                                .refused("not today")
                                .build());
        Operation op = world.operations().find(id).orElseThrow();
        assertThat(op.state()).isEqualTo(OperationState.ABORTED);
        assertThat(op.error()).contains("not today");
        assertThat(world.thingsInRows()).isEmpty();
    }

    @Test
    void anOpenOperationIsTheSameAfterAJourneyThroughJson() {
        ToyWorld world = world(CREATE, DELETE);
        world.refused = Set.of("remove b2");
        OperationId id = world.operations().submit(Request.COUNTED, DELETE);
        Operation open = world.operations().find(id).orElseThrow();
        JsonCodec codec = OperationFormats.register(JsonCodec.builder(Schema.of(Operation.TABLE, Thing.TABLE)))
                .subtype(Step.class, "make", 1, Make.class)
                .subtype(Survey.class, "none", 1, NoSurvey.class)
                .subtype(Check.class, "forbids", 1, Forbids.class)
                .subtype(Errand.class, "clear", 1, Clear.class)
                .build();
        byte[] json = codec.encode(Operation.TABLE, open);
        assertThat(codec.decode(Operation.TABLE, 1, json))
                .usingRecursiveComparison()
                .isEqualTo(open);
    }

    /** A base needs one kind at least to be readable. */
    record NoSurvey(String name) implements Survey {
        @Override
        public List<RowChange> complete(HostReader hosts, List<RowChange> planned) {
            return planned;
        }
    }

    @Test
    void aRequestThatIsOneWriteGetsTheSameAnswerAgainAfterARestart() {
        ToyWorld world = world(CREATE);
        Request keyed = Request.UNCOUNTED.withKey(Optional.of(new RequestKey("key", "digest")));
        int[] made = {0};
        Planner planner = (rows, attempt) -> Plan.of("paint")
                .creates(Thing.TABLE, new Thing(new ThingId("painted" + ++made[0]), "blue"))
                .answer("painted " + made[0])
                .build();
        OperationId first = world.operations().submit(keyed, planner);
        world.boot(Faults.NONE);
        OperationId again = world.operations().submit(keyed, planner);
        assertThat(again).isEqualTo(first);
        assertThat(world.operations().find(again).orElseThrow().answer()).contains("painted 1");
        assertThat(world.thingsInRows()).containsExactly("painted1");
    }

    @Test
    void aKeyIsRememberedAsLongAsTheSettingsSayAndThenActsAnew() {
        ToyWorld world = world(CREATE);
        world.settings = OperationSettings.DEFAULTS.withAnswers(Duration.ofHours(2), 100);
        world.boot(Faults.NONE);
        Request keyed = Request.UNCOUNTED.withKey(Optional.of(new RequestKey("key", "digest")));
        int[] made = {0};
        Planner planner = (rows, attempt) -> Plan.of("paint")
                .creates(Thing.TABLE, new Thing(new ThingId("painted" + ++made[0]), "blue"))
                .build();
        OperationId first = world.operations().submit(keyed, planner);

        world.later(Duration.ofHours(2));
        world.operations().forgetOldAnswers();
        world.boot(Faults.NONE);
        assertThat(world.operations().submit(keyed, planner)).isEqualTo(first);

        world.later(Duration.ofSeconds(1));
        world.operations().forgetOldAnswers();
        assertThat(world.operations().find(first)).isEmpty();
        assertThat(world.operations().submit(keyed, planner)).isNotEqualTo(first);
        assertThat(world.thingsInRows()).containsExactly("painted1", "painted2");
    }

    @Test
    void whereTooManyAnswersAreKeptTheOldestKeysAreForgotten() {
        ToyWorld world = world(CREATE);
        world.settings = OperationSettings.DEFAULTS.withAnswers(Duration.ofHours(2), 2);
        world.boot(Faults.NONE);
        List<OperationId> ids = new java.util.ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            ids.add(world.operations()
                    .submit(
                            Request.UNCOUNTED.withKey(Optional.of(new RequestKey(name, "digest"))),
                            (rows, attempt) -> Plan.of("paint")
                                    .creates(Thing.TABLE, new Thing(new ThingId(name), "blue"))
                                    .build()));
            world.later(Duration.ofSeconds(1));
        }
        world.operations().forgetOldAnswers();
        assertThat(world.operations().find(new RequestKey("a", "digest"))).isEmpty();
        assertThat(world.operations().find(new RequestKey("b", "digest")).map(Operation::id))
                .contains(ids.get(1));
        assertThat(world.operations().find(new RequestKey("c", "digest")).map(Operation::id))
                .contains(ids.get(2));
    }

    @Test
    void aKeyUsedForAnotherRequestIsRefused() {
        ToyWorld world = world(CREATE);
        world.operations().submit(Request.COUNTED.withKey(Optional.of(new RequestKey("k", "one"))), CREATE);
        assertThatThrownBy(() -> world.operations()
                        .submit(Request.COUNTED.withKey(Optional.of(new RequestKey("k", "two"))), DELETE))
                .isInstanceOf(RequestKeyReused.class);
    }

    @Test
    void anIrreversibleStepBeforeThePivotIsABug() {
        assertThatThrownBy(() -> Plan.of("wrong")
                        .stage("one", irreversible(tower("left", "a")))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("after the pivot");
    }
}
