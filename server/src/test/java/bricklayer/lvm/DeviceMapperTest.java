package bricklayer.lvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceMapperTest {

    @ParameterizedTest
    @CsvSource({
        "vg_a, brick_1, /dev/mapper/vg_a-brick_1",
        "vg-a, b, /dev/mapper/vg--a-b",
        "vg, a-b--c, /dev/mapper/vg-a--b----c",
        "vg_a, 4e5727d7850d4d7893d6ce907df206ae_0, /dev/mapper/vg_a-4e5727d7850d4d7893d6ce907df206ae_0",
    })
    void namesAndRecognisesALogicalVolume(String group, String volume, String path) {
        assertThat(DeviceMapper.path(group, volume)).isEqualTo(path);
        assertThat(DeviceMapper.volumeOf(group, path)).contains(volume);
    }

    @ParameterizedTest
    @CsvSource({
        "vg, /dev/mapper/vg--a-b",
        "vg, /dev/mapper/other-b",
        "vg, /dev/mapper/vg-",
        "vg, /dev/mapper/vg-a-b",
        "vg, /dev/vdb",
    })
    void doesNotTakeAnotherDeviceForOneOfTheGroup(String group, String device) {
        assertThat(DeviceMapper.volumeOf(group, device)).isEmpty();
    }

    @Test
    void isTheInverseOfItself() {
        assertThat(DeviceMapper.volumeOf("a-", DeviceMapper.path("a-", "-b"))).contains("-b");
    }
}
