import { useFormats, useMessages } from "../messages/messages-context.tsx";
import { Paging } from "./paging.tsx";

interface ButtonPagingProps {
  readonly page: number;
  readonly pageCount: number;
  /** The list's name. */
  readonly label: string;
  readonly onPage: (page: number) => void;
}

/** Paging of a list whose page is not in the address. */
export function ButtonPaging({ page, pageCount, label, onPage }: ButtonPagingProps) {
  const { jobs } = useMessages();
  const { number } = useFormats();
  return (
    <Paging
      page={page}
      pageCount={pageCount}
      format={number}
      labels={{ pages: label, previous: jobs.previousPage, next: jobs.nextPage, page: jobs.page }}
      link={(to, props) => <button type="button" onClick={() => onPage(to)} {...props} />}
    />
  );
}
