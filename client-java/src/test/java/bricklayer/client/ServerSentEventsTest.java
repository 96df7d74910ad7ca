package bricklayer.client;

import static org.assertj.core.api.Assertions.assertThat;

import bricklayer.client.ServerSentEvents.Block;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The same events come out, wherever the bytes are parted. */
class ServerSentEventsTest {

    private static final String STREAM =
            "retry: 1000\nid: 1-ab\n: here\n\nid: 2.1-ab\nevent: volume\ndata: {\"näme\":\"ü\"}\n\n"
                    + ": nothing\n\nid: 2.2-ab\r\nevent:operation\r\ndata: one\r\ndata: two\r\n\r\nwhat: is this\nid: 3-ab\n\nid: 4.1-ab\ndata: not wh";

    private static final List<Block> BLOCKS = List.of(
            new Block("1-ab", "", ""),
            new Block("2.1-ab", "volume", "{\"näme\":\"ü\"}"),
            new Block("2.2-ab", "operation", "one\ntwo"),
            new Block("3-ab", "", ""));

    @Test
    void isTakenApartTheSameHoweverItComes() {
        byte[] bytes = STREAM.getBytes(StandardCharsets.UTF_8);
        Random random = new Random(7);
        for (int run = 0; run < 500; run++) {
            ServerSentEvents parser = new ServerSentEvents();
            List<Block> blocks = new ArrayList<>();
            for (int at = 0; at < bytes.length; ) {
                int length = Math.min(bytes.length - at, 1 + random.nextInt(1 + run % 40));
                parser.take(ByteBuffer.wrap(bytes, at, length), blocks::add);
                at += length;
            }
            assertThat(blocks).isEqualTo(BLOCKS);
            assertThat(parser.isBetweenBlocks()).isFalse();
        }
    }

    @Test
    void whatIsNotWholeIsForgotten() {
        ServerSentEvents parser = new ServerSentEvents();
        List<Block> blocks = new ArrayList<>();
        parser.take(ByteBuffer.wrap("id: 1\ndata: half".getBytes(StandardCharsets.UTF_8)), blocks::add);
        parser.reset();
        assertThat(parser.isBetweenBlocks()).isTrue();
        parser.take(ByteBuffer.wrap("id: 1\ndata: whole\n\n".getBytes(StandardCharsets.UTF_8)), blocks::add);
        assertThat(blocks).containsExactly(new Block("1", "", "whole"));
        assertThat(parser.isBetweenBlocks()).isTrue();
    }
}
