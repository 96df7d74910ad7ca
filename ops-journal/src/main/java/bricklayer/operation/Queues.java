package bricklayer.operation;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** Lets the holders of one queue's name through one at a time, in order of arrival. A queue exists only while somebody is in it. */
final class Queues {

    private static final class Queue {
        final ReentrantLock turn = new ReentrantLock(true);
        int inside;
    }

    private final Map<String, Queue> queues = new HashMap<>();

    void inTurn(String name, Runnable task) {
        Queue queue = enter(name);
        try {
            queue.turn.lock();
            try {
                task.run();
            } finally {
                queue.turn.unlock();
            }
        } finally {
            leave(name, queue);
        }
    }

    private synchronized Queue enter(String name) {
        Queue queue = queues.computeIfAbsent(name, _ -> new Queue());
        queue.inside++;
        return queue;
    }

    private synchronized void leave(String name, Queue queue) {
        if (--queue.inside == 0) {
            queues.remove(name);
        }
    }
}
