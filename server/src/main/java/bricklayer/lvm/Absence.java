package bricklayer.lvm;

import bricklayer.host.CommandResult.Exited;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How LVM says that what was named is not there, and nothing else.
 *
 * @param said must be among its complaints
 * @param alsoSaid may be among them; any other complaint means that LVM could not look properly
 */
record Absence(Pattern said, Pattern alsoSaid) {

    private static final int NOT_FOUND_OR_REFUSED = 5;

    /** LVM says the same when the device is gone or a filter of its configuration hides it: then the group is not there for anybody. */
    static Absence ofGroup(String group) {
        return new Absence(
                Pattern.compile(Pattern.quote("Volume group \"" + group + "\" not found")),
                Pattern.compile(Pattern.quote("Cannot process volume group " + group)));
    }

    /**
     * No label of LVM's on the device, or no device that could carry one: it is missing, or it has partitions. A device that a filter hides is not told of here: it may
     * carry one. LVM names the device by another name than it was asked for when that was a symbolic link.
     */
    static Absence ofPhysicalVolume() {
        Pattern said = Pattern.compile("Failed to find (physical volume|device( for physical volume)?) \"/[^\"]*\"\\."
                + "|Cannot use /\\S+: device (not found|is partitioned)");
        return new Absence(said, said);
    }

    boolean isToldBy(Exited answer) {
        List<String> complaints = Complaints.of(answer);
        return answer.status() == NOT_FOUND_OR_REFUSED
                && complaints.stream().anyMatch(line -> said.matcher(line).matches())
                && complaints.stream()
                        .allMatch(line -> said.matcher(line).matches()
                                || alsoSaid.matcher(line).matches());
    }
}
