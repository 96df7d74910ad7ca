package bricklayer.http.auth;

import bricklayer.api.UnreadableJson;
import bricklayer.api.WireJson;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a token says, not yet believed. Times are seconds since 1970, 0 for one that is missing, as Heketi reads them.
 *
 * @param algorithm empty when the header names none
 */
record Claims(String algorithm, String issuer, long expires, long issuedAt, long notBefore, String qsh) {

    /** A part of a token cannot be decoded. The message says which, and why. */
    static final class Undecodable extends Exception {
        Undecodable(String message) {
            super(message);
        }
    }

    static Claims decode(String header, String payload) throws Undecodable {
        Map<?, ?> head = object("header", header);
        Map<?, ?> body = object("claims", payload);
        for (String ignored : new String[] {"aud", "sub", "jti"}) {
            text(body, ignored);
        }
        return new Claims(
                text(head, "alg"),
                text(body, "iss"),
                seconds(body, "exp"),
                seconds(body, "iat"),
                seconds(body, "nbf"),
                text(body, "qsh"));
    }

    private static Map<?, ?> object(String part, String encoded) throws Undecodable {
        byte[] json;
        try {
            json = Base64.getUrlDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw new Undecodable("the " + part + " is not base64: " + e.getMessage());
        }
        try {
            return WireJson.read(json, Map.class);
        } catch (UnreadableJson e) {
            throw new Undecodable("the " + part + " is not a JSON object");
        }
    }

    private static String text(Map<?, ?> object, String name) throws Undecodable {
        @Nullable Object value = object.get(name);
        return switch (value) {
            case null -> "";
            case String text -> text;
            default -> throw new Undecodable(name + " is not a string");
        };
    }

    private static long seconds(Map<?, ?> object, String name) throws Undecodable {
        @Nullable Object value = object.get(name);
        return switch (value) {
            case null -> 0;
            case Integer seconds -> seconds;
            case Long seconds -> seconds;
            case BigInteger _ -> throw new Undecodable(name + " is out of range");
            default -> throw new Undecodable(name + " is not an integer");
        };
    }
}
