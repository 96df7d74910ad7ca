package bricklayer.functional.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Concurrent clients that are let loose and called back, again and again. */
public final class Crowd {

    private final List<RandomClient> clients = new ArrayList<>();
    private final List<Thread> running = new ArrayList<>();
    private final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
    private final Witness witness;
    private volatile boolean loose;

    public Crowd(Servers servers, Recorder recorder, int size, Random random) {
        Known known = new Known();
        witness = new Witness(servers, recorder, known);
        for (int i = 0; i < size; i++) {
            clients.add(
                    new RandomClient(servers, recorder, known, "c" + i, new Random(random.nextLong()), () -> loose));
        }
    }

    public void letLoose() {
        loose = true;
        for (RandomClient client : clients) {
            Thread thread = Thread.ofPlatform().name("client").unstarted(client);
            thread.setUncaughtExceptionHandler((where, fault) -> faults.add(fault));
            running.add(thread);
        }
        running.forEach(Thread::start);
    }

    /** Returns when each has seen the end of what it does. */
    public void callBack() throws InterruptedException {
        loose = false;
        for (Thread thread : running) {
            thread.join();
        }
        running.clear();
        if (!faults.isEmpty()) {
            throw new AssertionError("a client failed", faults.getFirst());
        }
    }

    /** All that there is to see. Nobody must be loose, and no operation open. */
    public List<Exchange> look() throws InterruptedException {
        return witness.look();
    }
}
