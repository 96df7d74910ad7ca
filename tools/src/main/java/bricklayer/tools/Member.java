package bricklayer.tools;

import bricklayer.api.StateRequest;
import bricklayer.api.TagsChangeRequest;
import bricklayer.client.BricklayerClient;

/** What has a state and tags. */
enum Member {
    NODE("Node") {
        @Override
        String id(Names names, String text) {
            return names.node(text);
        }

        @Override
        void setState(BricklayerClient client, String id, StateRequest request) {
            client.setNodeState(id, request);
        }

        @Override
        void changeTags(BricklayerClient client, String id, TagsChangeRequest request) {
            client.changeNodeTags(id, request);
        }
    },
    DEVICE("Device") {
        @Override
        String id(Names names, String text) {
            return names.device(text);
        }

        @Override
        void setState(BricklayerClient client, String id, StateRequest request) {
            client.setDeviceState(id, request);
        }

        @Override
        void changeTags(BricklayerClient client, String id, TagsChangeRequest request) {
            client.changeDeviceTags(id, request);
        }
    };

    private final String title;

    Member(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract String id(Names names, String text);

    abstract void setState(BricklayerClient client, String id, StateRequest request);

    abstract void changeTags(BricklayerClient client, String id, TagsChangeRequest request);
}
