import { useSession } from "../../api/session-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { priceLists } from "./price-lists.ts";

/** What a job may cost according to the vendor's pages (docs/upstream-api.md section 13.1). */
export function Fees({ isRepeating }: { readonly isRepeating: boolean }) {
  const { create, review, shell } = useMessages();
  const { environment, emulator } = useSession().upstream;
  const priceList = priceLists[environment];
  return (
    <section className="mt-4 border-t border-hairline pt-3">
      <h3 className="text-h3">{review.fees}</h3>
      <ul className="mt-1 list-[square] ps-5 marker:text-text-3">
        {emulator ? <li className="font-bold">{shell.emulatorNote}</li> : null}
        <li>{isRepeating ? review.costRepeat : create.charges}</li>
        {priceList === null ? null : (
          <li>
            <a href={priceList} target="_blank" rel="noopener noreferrer">
              {review.priceList(shell.environment[environment])}
            </a>
          </li>
        )}
        <li>{review.billing}</li>
        <li>{review.rescanFees}</li>
        <li>{review.cancelFees}</li>
      </ul>
    </section>
  );
}
