package org.catalogdrop.page;

import java.util.Optional;
import org.catalogdrop.model.Plan;
import org.catalogdrop.preview.FileLook;

/**
 * What is known of a file that was brought. Immutable.
 *
 * @param look what can be seen of it
 * @param plan what a load would do
 * @param fault why there is no plan
 * @param ended whether nothing more will become known
 */
record Examination(Optional<FileLook> look, Optional<Plan> plan, Optional<String> fault, boolean ended) {

    static final Examination BEGUN = new Examination(Optional.empty(), Optional.empty(), Optional.empty(), false);

    Examination with(FileLook seen) {
        return new Examination(Optional.of(seen), plan, fault, !seen.isLoadable());
    }

    Examination with(Plan made) {
        return new Examination(look, Optional.of(made), fault, true);
    }

    Examination failed(String why) {
        return new Examination(look, plan, Optional.of(why), true);
    }
}
