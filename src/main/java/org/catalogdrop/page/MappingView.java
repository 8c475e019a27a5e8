package org.catalogdrop.page;

import java.util.List;
import org.catalogdrop.preview.MappingForm;

/**
 * What the form of a mapping file shows.
 *
 * @param id identifies the file that was brought
 * @param drop its name
 * @param file the name of the mapping file
 * @param isNew whether it does not exist yet
 * @param version the state of the text that the form shows
 * @param lists the lists of the account
 * @param list the list whose fields are shown
 * @param form the form
 * @param faults why something was not done
 * @param trial the first rows
 * @param text the text of the mapping file
 */
public record MappingView(
        String id,
        String drop,
        String file,
        boolean isNew,
        String version,
        List<ListChoice> lists,
        long list,
        MappingForm form,
        List<String> faults,
        TrialView trial,
        String text) {

    /**
     * A list of the account.
     *
     * @param id its id
     * @param name its name
     */
    public record ListChoice(long id, String name) {}
}
