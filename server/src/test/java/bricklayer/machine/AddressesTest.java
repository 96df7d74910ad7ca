package bricklayer.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bricklayer.host.CommandResult.Exited;
import bricklayer.host.UnreadableAnswer;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Answers of getent 2.36 and iproute2 6.1. */
class AddressesTest {

    private static final String OWN = """
            1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever
            1: lo    inet6 ::1/128 scope host \\       valid_lft forever preferred_lft forever
            4: eth0    inet 192.0.2.2/24 brd 192.0.2.255 scope global eth0\\       valid_lft forever preferred_lft forever
            4: eth0    inet6 2001:db8::2/64 scope global \\       valid_lft forever preferred_lft forever
            """;

    private static Set<String> own(Exited answer) {
        return Addresses.own().answer().apply(answer);
    }

    private static Set<String> of(Exited answer) {
        return Addresses.of("node7").answer().apply(answer);
    }

    @Test
    void aNamesAddressesAreReadOnceEach() {
        assertThat(of(new Exited(
                        0, "192.0.2.7       STREAM node7\n192.0.2.7       DGRAM  \n192.0.2.7       RAW    \n", "")))
                .containsExactly("192.0.2.7");
        assertThat(of(new Exited(2, "", ""))).as("leads nowhere").isEmpty();
    }

    @Test
    void ownAddressesAreAllButThoseOfEachMachine() {
        assertThat(own(new Exited(0, OWN, ""))).containsExactlyInAnyOrder("192.0.2.2", "2001:db8::2");
    }

    @Test
    void nothingElseIsBelieved() {
        assertThatThrownBy(() -> of(new Exited(0, "sudo: a password is required\n", "")))
                .isInstanceOf(UnreadableAnswer.class);
        assertThatThrownBy(() -> of(new Exited(2, "Login refused\n", ""))).isInstanceOf(UnreadableAnswer.class);
        assertThatThrownBy(() -> own(new Exited(127, "", "sh: ip: not found")))
                .isInstanceOf(UnreadableAnswer.class)
                .hasMessageContaining("not found");
    }
}
