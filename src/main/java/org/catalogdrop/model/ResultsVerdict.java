package org.catalogdrop.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a check of the results of a load has found. Immutable.
 *
 * @param folder the folder of the results
 * @param summary the summary of the load
 * @param account the account to which the rows went; empty if it is not known
 * @param accountChecked whether the account was compared too
 * @param rowsProven how many created rows are proven by the marker of their element; empty if elements have none
 * @param valuesDiffering how many values of the account are not as they were sent
 * @param faults the first faults; empty if the results are sound
 */
public record ResultsVerdict(
        Path folder,
        Summary summary,
        String account,
        boolean accountChecked,
        Optional<Long> rowsProven,
        long valuesDiffering,
        List<String> faults) {

    /**
     * Returns whether each row is in the results once and in order, with the right counts and ids.
     *
     * @return whether there are no faults
     */
    public boolean isSound() {
        return faults.isEmpty();
    }
}
