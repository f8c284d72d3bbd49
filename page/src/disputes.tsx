// Every dispute of the record: where reports or speakers contradict one another, side by side.
import { ask, question, useAnswer } from "./data";
import { DisputeView } from "./event";
import { go, type State } from "./state";
import type { Dispute } from "./types";
import { plural } from "./words";

async function openClaim(event: Event, claim: string) {
  event.preventDefault();
  const found = await ask<{ told: { report: string } }>(`claims/${claim}`);
  go({ report: found.told.report, claim });
}

export function DisputesView({ state }: { state: State }) {
  const { data, error } = useAnswer<Dispute[]>(question("disputes", state, { limit: 300 }));
  return (
    <main class="sheet" id="main">
      <h1>Disputes</h1>
      {error !== null ? <p class="none" role="alert">{error}</p> : data === null ? <p class="none" aria-busy="true">Reading…</p> : (
        <>
          <p class="lede">{plural(data.length, "question")} on which reports or speakers contradict one another.</p>
          {data.map((one, at) => <DisputeView key={at} dispute={one} open={openClaim} />)}
        </>
      )}
    </main>
  );
}
