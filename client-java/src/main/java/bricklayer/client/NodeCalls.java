package bricklayer.client;

import bricklayer.api.DoctorReport;
import bricklayer.api.DoctorRequest;
import bricklayer.api.NodeAddRequest;
import bricklayer.api.NodeAddressRequest;
import bricklayer.api.NodeInfo;
import bricklayer.api.NodeZone;
import bricklayer.api.RebootCheck;
import bricklayer.api.StateRequest;
import bricklayer.api.TagsChangeRequest;
import java.util.Map;

/** Storage nodes, and how they are. Part of {@link BricklayerClient}. */
public sealed interface NodeCalls permits BricklayerClient {

    default NodeInfo addNode(NodeAddRequest request) {
        return Wire.of(this).operate("POST", "/nodes", request).require(200).as(NodeInfo.class);
    }

    default NodeInfo node(String id) {
        return Wire.of(this).get("/nodes/" + Wire.segment(id), NodeInfo.class);
    }

    default void setNodeState(String id, StateRequest request) {
        Wire.of(this)
                .operate("POST", "/nodes/" + Wire.segment(id) + "/state", request)
                .require(204);
    }

    /** Changes under which names a node is reached. Refused with {@link Conflict} when they lead to another machine. */
    default NodeInfo setNodeAddress(String id, NodeAddressRequest request) {
        return Wire.of(this)
                .operate("POST", "/nodes/" + Wire.segment(id) + "/address", request)
                .require(200)
                .as(NodeInfo.class);
    }

    /** The tags as they are now. */
    default Map<String, String> changeNodeTags(String id, TagsChangeRequest request) {
        return Wire.of(this)
                .change("POST", "/nodes/" + Wire.segment(id) + "/tags", request)
                .require(200)
                .tags();
    }

    /** The zone as it is now. Bricks that are there stay; new ones go by it. */
    default NodeZone setNodeZone(String id, NodeZone request) {
        return Wire.of(this)
                .change("POST", "/nodes/" + Wire.segment(id) + "/zone", request)
                .require(200)
                .as(NodeZone.class);
    }

    /** Refused with {@link Conflict} while it has devices. */
    default void deleteNode(String id) {
        Wire.of(this).operate("DELETE", "/nodes/" + Wire.segment(id), null).require(204);
    }

    /** What is wrong with the nodes, and how to mend it. */
    default DoctorReport doctor() {
        return Wire.of(this).get("/doctor", DoctorReport.class);
    }

    /** What is wrong with one node. */
    default DoctorReport doctor(String node) {
        return Wire.of(this).get("/nodes/" + Wire.segment(node) + "/doctor", DoctorReport.class);
    }

    /** What would be in the way of adding a host. */
    default DoctorReport doctor(DoctorRequest request) {
        return Wire.of(this).change("POST", "/doctor", request).require(200).as(DoctorReport.class);
    }

    /** Whether a node can be restarted now. */
    default RebootCheck rebootCheck(String node) {
        return Wire.of(this).get("/nodes/" + Wire.segment(node) + "/reboot-check", RebootCheck.class);
    }
}
