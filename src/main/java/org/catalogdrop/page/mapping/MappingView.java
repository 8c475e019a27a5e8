package org.catalogdrop.page.mapping;

import java.util.List;
import java.util.Optional;
import org.catalogdrop.preview.MappingForm;

/**
 * What the form of a mapping file shows.
 *
 * @param address where it is sent to
 * @param back the page it was come from
 * @param backWords what that page is
 * @param ofUpload whether it is for a file that was brought
 * @param file the name of the mapping file
 * @param isNew whether it does not exist yet
 * @param saved the digest of the file that is changed
 * @param encoded the text that the form shows, as a form keeps it
 * @param lists the lists of the account
 * @param list the list whose fields are shown
 * @param samples the files on which it can be tried
 * @param sample the one on which it is; empty if on none
 * @param form the form; empty if the text is edited
 * @param noForm why there is no form; empty if there is one
 * @param faults why something was not done
 * @param present the text of the file as somebody else has changed it meanwhile; empty if nobody has
 * @param trial the first rows
 * @param text the text of the mapping file
 */
public record MappingView(
        String address,
        String back,
        String backWords,
        boolean ofUpload,
        String file,
        boolean isNew,
        String saved,
        String encoded,
        List<ListChoice> lists,
        long list,
        List<SampleChoice> samples,
        String sample,
        Optional<MappingForm> form,
        String noForm,
        List<String> faults,
        String present,
        TrialView trial,
        String text) {

    /**
     * A list of the account.
     *
     * @param id its id
     * @param name its name
     */
    public record ListChoice(long id, String name) {}

    /**
     * A file on which a mapping can be tried.
     *
     * @param id identifies it
     * @param words what it is
     */
    public record SampleChoice(String id, String words) {}
}
