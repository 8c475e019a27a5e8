package org.catalogdrop.kommo;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;

/** The names in a request's body, encoded once and not for each row. */
final class RequestFieldNames {

    static final SerializableString ID = new SerializedString("id");
    static final SerializableString CATALOG_ID = new SerializedString("catalog_id");
    static final SerializableString NAME = new SerializedString("name");
    static final SerializableString REQUEST_ID = new SerializedString("request_id");
    static final SerializableString UPDATED_AT = new SerializedString("updated_at");
    static final SerializableString CUSTOM_FIELDS = new SerializedString("custom_fields");
    static final SerializableString VALUES = new SerializedString("values");
    static final SerializableString VALUE = new SerializedString("value");

    private RequestFieldNames() {}
}
