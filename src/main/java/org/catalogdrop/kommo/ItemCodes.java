package org.catalogdrop.kommo;

import java.util.Locale;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/** What the API's codes for a single element mean to the one who wrote the row (api errors of the vendor's v2 documentation). */
final class ItemCodes {

    private ItemCodes() {}

    static Problem problem(PostBody.ItemError error) {
        Code code = code(error);
        String said = "the API refused the row" + (error.code().isEmpty() ? "" : " with code " + error.code()) + ": "
                + (error.text().isBlank() ? "(no text)" : error.text()) + ". ";
        return Problem.of(code, said + cure(code));
    }

    private static Code code(PostBody.ItemError error) {
        String text = error.text().toLowerCase(Locale.ROOT);
        String number = error.code().isEmpty() ? numberIn(text) : error.code();
        return switch (number) {
            case "282", "404" -> Code.NOT_FOUND;
            case "204" -> Code.UNKNOWN_FIELD;
            case "203" -> Code.BAD_FIELD_VALUE;
            case "283", "284", "285" -> Code.REQUIRED_MISSING;
            case "244", "202" -> Code.NO_RIGHTS;
            default -> text.contains("last modified date is older") ? Code.STALE : Code.API_REFUSED;
        };
    }

    /** Live answers carry the code in the text at times: "Error 282.". */
    private static String numberIn(String text) {
        return text.matches("(error )?(code )?\\d{3}\\.?") ? text.replaceAll("\\D", "") : "";
    }

    private static String cure(Code code) {
        return switch (code) {
            case NOT_FOUND -> "There is no such element or list in the account: check id and catalog_id.";
            case UNKNOWN_FIELD -> "The list has no such field: check the ids in the cf: columns.";
            case BAD_FIELD_VALUE -> "A value does not fit its field: check its form, or the option's id.";
            case REQUIRED_MISSING -> "Something the API needs is missing.";
            case NO_RIGHTS -> "The user of the access token may not change this list.";
            case STALE ->
                "The element was changed later than updated_at: leave updated_at empty to use the moment of sending.";
            default -> "Correct the row in the rejects file and drop that file.";
        };
    }
}
