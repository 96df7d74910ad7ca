package bricklayer.client;

/** What happens, as it happens. Part of {@link BricklayerClient}. */
public sealed interface EventCalls permits BricklayerClient {

    /**
     * Begins to follow what happens; returns when the server has begun to tell.
     *
     * <pre>{@code
     * try (EventStream events = client.events(EventQuery.ALL.ofKinds("volume"))) {
     *     while (events.hasNext()) {
     *         Event event = events.next();
     *         System.out.println(event.type() + " " + event.objectAs(VolumeInfo.class).name());
     *     }
     * }
     * }</pre>
     *
     * @throws NotFound also when the server has no events, as Heketi
     */
    default EventStream events(EventQuery query) {
        return new EventStream(Wire.of(this).exchange(), query);
    }
}
