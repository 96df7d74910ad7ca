package bricklayer.store.log;

import java.util.concurrent.CountDownLatch;

/** Waiting that an interrupt does not cut short, because the answer would then be unknown; the thread is still interrupted afterwards. */
final class Threads {

    private Threads() {}

    static void await(CountDownLatch latch) {
        uninterruptibly(latch::await);
    }

    static void join(Thread thread) {
        uninterruptibly(thread::join);
    }

    private static void uninterruptibly(Wait wait) {
        boolean interrupted = false;
        while (true) {
            try {
                wait.run();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private interface Wait {
        void run() throws InterruptedException;
    }
}
