package org.catalogdrop.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.catalogdrop.sandbox.fault.Switch;

/** The links of an answer and of each item in it. */
final class Links {
    private Links() {}

    static void write(JsonGenerator json, SandboxAccount account, String href, String method) throws IOException {
        json.writeObjectFieldStart(account.is(Switch.Links.LINK) ? "_link" : "_links");
        json.writeObjectFieldStart("self");
        json.writeStringField("href", href);
        json.writeStringField("method", method);
        json.writeEndObject();
        json.writeEndObject();
    }
}
